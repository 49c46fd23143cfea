"""What the page's filter shows of each tier and platform is what the database holds of it."""

import duckdb
import pytest

from tests.report.published_database import LAST_MONDAY

pytestmark = pytest.mark.browser

METRICS = {
    "read": "read",
    "click": "click",
    "arrival": "arrival",
    "card-clicks": "card_click",
    "subscription-amount": "subscription_amount",
    "followers": "followers",
}
TIERS = {"head_office": "总行", "line": "条线", "branch": "分行"}
STAGES = {
    "曝光": "exposure",
    "阅读/观看": "read",
    "互动": "engagement",
    "新增关注": "follow",
    "意向": "intent",
    "引流点击": "click",
    "到达": "arrival",
    "新户": "new_customer",
    "月活跃": "active",
    "有资产": "asset",
    "理财申购": "subscription",
}
# Everything a choice changes, as it is seen: cells without notes and marks, lines as drawn.
SEEN = """() => {
    const seen = one => one.checkVisibility();
    const text = cell => cell.firstChild.textContent;
    const cells = row => [...row.cells].filter(seen).map(text);
    const table = one => [...one.rows].filter(seen).map(cells);
    const all = (selector, give) => Object.fromEntries(
        [...document.querySelectorAll(selector)].filter(seen).map(one => [one.id, give(one)]));
    document.querySelectorAll('figure details').forEach(one => one.open = true);
    return {
        tiles: Object.fromEntries([...document.querySelectorAll('[data-tile]')].map(
            tile => [tile.dataset.tile, tile.querySelector('data').value])),
        tables: all('#funnel table, #trend table', table),
        blank: all('.plot.blank', plot => plot.textContent),
        funnels: all('#funnel .plot', plot => plot.layout.annotations.map(note => note.text)),
        lines: all('#trend .plot:not(.blank)', plot => Object.fromEntries(
            plot.data.filter(line => line.visible !== false).map(line => [line.name,
                Object.fromEntries(line.x.map((week, at) => [week, line.y[at]]))]))),
        lists: all('#accounts table, #content table', one => [
            [...one.tBodies[0].rows].filter(seen).map(row => row.dataset.slice),
            [...one.tBodies[0].rows].map(row => row.dataset.slice),
            one.closest('.panel').querySelector('output').textContent]),
    };
}"""


def rows(home, query, *values):
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        return connection.execute(query, values).fetchall()


def stored(home) -> dict[tuple[str, str, str], float]:
    """The figures of the week by tier, platform and metric; none that is withheld."""
    query = """
        select coalesce(tier, ''), coalesce(platform, ''), metric, value
        from published.key_figures
        where level in ('bank', 'tier', 'platform', 'tier_platform') and kind <> 'rate'
            and period = 'week' and starts_on = ? and value is not null and suppressed is null
    """
    return {
        (tier, platform, metric): value
        for tier, platform, metric, value in rows(home, query, LAST_MONDAY)
    }


def funnels(home) -> dict[tuple[str, str], dict[tuple[str, str], tuple]]:
    """By tier and platform: of each week and stage the number, the rate, and what is withheld."""
    query = """
        with funnel as (
            select week, tier, null as platform, stage, total, persons, suppressed
            from published.weekly_funnel where level = 'tier'
            union all by name
            select week, tier, platform, stage, total, persons, suppressed
            from published.platform_funnel where tier is not null
        ),
        steps as (
            select week, tier, null as platform, stage, step_rate, lost_rate, change
            from published.weekly_steps where level = 'tier'
            union all by name
            select week, tier, platform, stage, step_rate, lost_rate, change
            from published.platform_steps where tier is not null
        )
        select
            tier, coalesce(funnel.platform, ''), week, stage, coalesce(total, persons),
            suppressed, step_rate, lost_rate
        from funnel left join steps using (week, tier, stage)
        where funnel.platform is not distinct from steps.platform
    """
    found: dict = {}
    for tier, platform, week, stage, *rest in rows(home, query):
        found.setdefault((tier, platform), {})[week, stage] = tuple(rest)
    return found


@pytest.fixture(scope="module")
def page(visit_once):
    """One page for all choices: each must show itself whatever was chosen before."""
    return visit_once().page


@pytest.fixture(scope="module")
def shown(page):
    """What is seen by tier and platform, of every choice there is."""
    tiers, platforms = options(page, "tier"), options(page, "platform")
    assert len(tiers) == 4 and len(platforms) == 5
    found = {}
    for platform in platforms:
        for tier in tiers:
            choose(page, tier, platform)
            found[tier, platform] = page.evaluate(SEEN)
    choose(page)
    return found


def choose(page, tier="", platform=""):
    for name, code in (("tier", tier), ("platform", platform)):
        field = page.locator(f'.bar [name="{name}"]')
        if field.input_value() != code:
            field.select_option(code)


def options(page, name):
    found = page.locator(f'.bar [name="{name}"] option')
    return found.evaluate_all("all => all.map(o => o.value)")


def number(text):
    """What a cell says: a number, or None for a dash; the word of what is withheld stays."""
    if text in ("—", "不展示"):
        return None if text == "—" else text
    return float(text.replace(",", ""))


def percent(value):
    return "—" if value is None else f"{value:.1%}" if abs(value) >= 0.1 else f"{value:.2%}"


def test_every_choice_shows_the_stored_figures(shown, home):
    known = stored(home)
    for (tier, platform), seen in shown.items():
        of = {tile: known.get((tier, platform, metric)) for tile, metric in METRICS.items()}
        tiles = {tile: float(seen["tiles"][tile] or "nan") for tile in METRICS}
        assert tiles == pytest.approx(
            {tile: float("nan") if value is None else value for tile, value in of.items()},
            nan_ok=True,
            rel=0,
            abs=0,
        ), (tier, platform)
    assert sum(value != "" for seen in shown.values() for value in seen["tiles"].values()) > 40


def test_the_funnel_of_every_choice_is_the_stored_one(shown, home):
    known, checked, withheld = funnels(home), 0, 0
    for (tier, platform), seen in shown.items():
        present = {one for one in TIERS if (one, platform) in known and tier in ("", one)}
        assert {one for one in TIERS if f"funnel-{one}-data" in seen["tables"]} == present
        assert set(seen["funnels"]) == {f"funnel-{one}" for one in present}
        for one in present:
            _, *lines = seen["tables"][f"funnel-{one}-data"]
            drawn = seen["funnels"][f"funnel-{one}"]
            assert len(lines) == 12
            for at, (stage, week, cell, _, _, rate, lost) in enumerate(lines):
                value, hidden, step, loss = known[one, platform][week, STAGES[stage]]
                assert number(cell) == ("不展示" if hidden else value), (one, platform, stage)
                assert (rate, lost) == (percent(step), percent(loss)), (one, platform, stage)
                assert drawn[at] == cell or value >= 10_000, (one, platform, stage)
                checked += value is not None
                withheld += bool(hidden)
    assert checked > 150 and withheld > 20


def trends(home) -> dict[tuple[str, str, str], dict[str, float | str | None]]:
    """By tier, platform and stage: the number of each week, or the word of what is withheld."""
    query = """
        select coalesce(tier, ''), '', stage, week, coalesce(total, persons), suppressed
        from published.weekly_funnel
        where level in ('bank', 'tier') and stage in ('click', 'arrival')
        union all
        select coalesce(tier, ''), platform, stage, week, coalesce(total, persons), suppressed
        from published.platform_funnel where stage in ('click', 'arrival')
    """
    found: dict = {}
    for tier, platform, stage, week, value, hidden in rows(home, query):
        weeks = found.setdefault((tier, platform, stage), {})
        weeks[week] = "不展示" if hidden else value
    return found


@pytest.mark.parametrize("stage", ["click", "arrival"])
def test_the_trend_of_every_choice_is_the_stored_one(shown, home, stage):
    known, checked = trends(home), 0
    for (tier, platform), seen in shown.items():
        wanted = {
            name: known[one, platform, stage]
            for one, name in TIERS.items()
            if (one, platform, stage) in known and tier in ("", one)
        }
        table = seen["tables"].get(f"trend-{stage}-data")
        assert (table is None) == (wanted == {}), (tier, platform)
        if table is None:
            continue
        of = wanted if tier else wanted | {"全行": known["", platform, stage]}
        (_, *head), *lines = table
        assert head == [*of] and len(lines) == 13, (tier, platform)
        for week, *cells in lines:
            values = [of[name][week] for name in head]
            assert [number(cell) for cell in cells] == values, (tier, platform, week)
            checked += sum(isinstance(value, int) for value in values)
        plain = {
            name: {week: n if isinstance(n, int) else None for week, n in values.items()}
            for name, values in wanted.items()
        }
        drawn = {name: values for name, values in plain.items() if any(values.values())}
        assert (f"trend-{stage}" in seen["blank"]) == (drawn == {}), (tier, platform)
        assert seen["lines"].get(f"trend-{stage}", {}) == {
            name: {week.partition("-")[2]: value for week, value in values.items()}
            for name, values in drawn.items()
        }, (tier, platform)
    assert checked > 250


@pytest.mark.parametrize("table", ["accounts-table", "content-posts"])
def test_lists_are_left_with_the_rows_of_the_choice(shown, table):
    for (tier, platform), seen in shown.items():
        left, every, told = seen["lists"][table]
        slices = [one.split("|") for one in every]
        fit = ["|".join(one) for one in slices if tier in ("", one[0]) and platform in ("", one[1])]
        assert left == fit, (tier, platform)
        some = f"{len(fit)} / {len(every)} 行" if fit else "没有符合的行"
        assert told == ("" if fit == every else some)
