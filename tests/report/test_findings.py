import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from pipeline.funnels.wilson import wilson
from pipeline.report import charts, formats, words
from pipeline.report.facts import load
from pipeline.report.facts.figure_rows import Expected, KeyFigure
from pipeline.report.findings import candidates, fallen_steps, findings, headline
from pipeline.report.findings.ranking import (
    FAMILIES,
    SURE,
    THIN,
    Candidate,
    by_count,
    change_effect,
    ranked,
)
from pipeline.report.language import speaking
from pipeline.report.page import render
from pipeline.report.place import BANK, places
from pipeline.report.sections import money, watch
from pipeline.report.titles import titles
from pipeline.report.view import Finding
from tests.report.published_database import HOSTILE, WEEK


def moved(facts, **changes):
    """The facts with other changes for the bank's stages, and nothing that fell."""
    steps = [
        replace(step, change=changes.get(step.stage), step_rate=None)
        if step.level == "bank" and step.week == facts.week.name
        else replace(step, step_rate=None)
        for step in facts.steps
    ]
    return replace(facts, steps=steps, expected=[replace(r, distance=0.0) for r in facts.expected])


def quiet(facts):
    """The facts of a week in which every number is what it usually is."""
    figures = [
        replace(row, value=row.usual_value, against_usual=0.0, change=0.0) for row in facts.figures
    ]
    expected = [replace(row, distance=0.0) for row in facts.expected]
    texts = replace(facts.texts, opinions=[], answers=[], grave=[], open_findings=[])
    return replace(moved(facts), figures=figures, expected=expected, texts=texts, sources=[])


def figure(facts, metric, part=None, kind="count", **changes):
    """The facts with one key figure told otherwise."""
    key = (part, metric, kind)
    rows = [
        replace(row, **changes) if (row.part, row.metric, row.kind) == key else row
        for row in facts.figures
    ]
    return replace(facts, figures=rows)


def distant(facts, metric, distance, part=None, kind="count"):
    """The facts with one number so many spreads from its usual."""
    key = (part, metric, kind)
    rows = [
        replace(row, distance=distance) if (row.part, row.metric, row.kind) == key else row
        for row in facts.expected
    ]
    return replace(facts, expected=rows)


def of(family, facts):
    """What one family has to say."""
    return [one for one in candidates(facts) if one.family == family]


def drawn(kind="finding", check=""):
    return Finding(kind, "title", "words", "funnel-table", 100, check)


def every_page(home):
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        for place in [BANK, *places(connection, WEEK)]:
            yield load(connection, WEEK, place)


# ---- the headline


@pytest.mark.parametrize(
    ("read", "arrival", "want"),
    [
        (0.21, 0.11, "阅读多了 21%，到达只多了 11%"),
        (0.05, 0.11, "阅读多了 5%，到达多了 11%"),
        (0.21, -0.03, "阅读多了 21%，到达却少了 3%"),
        (-0.04, 0.03, "阅读少了 4%，到达反而多了 3%"),
        (-0.01, 0.16, "阅读少了 1%，到达多了 16%"),
        (-0.04, -0.10, "阅读少了 4%，到达少了 10%"),
        (0.001, 0.0, "阅读与到达都与上周持平"),
        (0.08, 0.001, "阅读多了 8%，到达持平"),
        (0.004, -0.2, "阅读持平，到达少了 20%"),
        (3.61, 0.2, "阅读多了 361%，到达只多了 20%"),
        (12.5, -0.004, "阅读多了 1,250%，到达持平"),
    ],
)
def test_the_headline_says_how_reading_and_arriving_moved(facts, read, arrival, want):
    assert headline(moved(facts, read=read, arrival=arrival)) == want


def test_clicks_stand_in_where_arrivals_cannot_be_compared(facts):
    assert headline(moved(facts, read=0.1, click=0.2)) == "阅读多了 10%，引流点击多了 20%"


def test_clicks_stand_in_for_few_arrivals_and_one_end_is_told_alone(facts):
    tiny = moved(facts, read=0.1, click=0.2, arrival=9.0)
    steps = [
        replace(s, last_week_value=3) if (s.part, s.stage) == (None, "arrival") else s
        for s in tiny.steps
    ]
    assert headline(replace(tiny, steps=steps)) == "阅读多了 10%，引流点击多了 20%"
    alone = [replace(s, last_week_value=3) if s.stage != "read" else s for s in tiny.steps]
    assert headline(replace(tiny, steps=alone)) == "阅读多了 10%"


def test_without_a_week_before_the_headline_gives_the_numbers(facts):
    assert headline(moved(facts)).endswith("（没有可比的上周）")


def test_the_headline_names_the_step_that_fell_most(facts):
    assert headline(facts).endswith("；分行「意向 → 引流点击」掉得最多")
    now, past = fallen_steps(facts)[0]
    assert (now.tier, now.stage) == ("branch", "click")
    assert now.step_rate < 0.95 * past.step_rate


def test_a_step_back_to_its_usual_rate_has_not_fallen(facts):
    back = distant(facts, "click", 0.5, "branch", "rate")
    assert ("branch", "click") not in {(now.part, now.stage) for now, _ in fallen_steps(back)}


def test_a_step_that_more_went_on_from_has_not_fallen(facts):
    fell = fallen_steps(facts)[0][0]
    more = [
        replace(s, change=0.05)
        if (s.part, s.stage, s.week) == (fell.part, fell.stage, fell.week)
        else s
        for s in facts.steps
    ]
    fallen = {(now.part, now.stage) for now, _ in fallen_steps(replace(facts, steps=more))}
    assert (fell.part, fell.stage) not in fallen


def test_the_headline_names_the_stage_of_a_part_that_fell_further_than_any_step(facts):
    calm = moved(facts, read=0.1, arrival=-0.1)
    low = figure(
        calm, "arrival", "line", "persons", value=70.0, usual_value=100.0, against_usual=-0.3
    )
    assert headline(distant(low, "arrival", -1.9, "line", "persons")) == headline(calm)
    told = headline(distant(low, "arrival", -2.5, "line", "persons"))
    assert told == "阅读多了 10%，到达却少了 10%；条线的到达比通常少 30.0%"
    with speaking("en"):
        assert headline(distant(low, "arrival", -2.5, "line", "persons")).endswith(
            "; arrivals at business lines 30.0% below usual"
        )


def test_a_step_on_few_counts_has_not_fallen(facts):
    fell = fallen_steps(facts)[0][0]
    few = [
        replace(s, last_week_value=29) if (s.part, s.stage) == (fell.part, fell.stage) else s
        for s in facts.steps
    ]
    fallen = {(now.part, now.stage) for now, _ in fallen_steps(replace(facts, steps=few))}
    assert (fell.part, fell.stage) not in fallen


# ---- ranking


def test_effect_and_certainty_rank_together():
    ends = [
        Candidate("cost", 2.0, SURE, drawn()),
        Candidate("moves", 5.0, THIN, drawn("attention")),
    ]
    assert [one.kind for one in ranked(ends)] == ["finding", "attention"]
    assert change_effect(-0.3, 10_000) == pytest.approx(3.0)
    assert change_effect(0.3, 25) == pytest.approx(1.5)  # chance alone makes a fifth of 25
    assert change_effect(361, 10_000) == 5.0
    assert by_count(99) < by_count(100)


def test_of_a_family_one_is_told_and_five_in_all():
    many = [Candidate(family, 3.0, SURE, drawn()) for family in FAMILIES] * 2
    told = ranked(many)
    assert len(told) == 5
    twice = [Candidate("steps", 3.0, SURE, drawn()), Candidate("steps", 2.0, SURE, drawn("data"))]
    assert ranked(twice) == [drawn()]


def test_the_same_stage_of_the_same_part_is_told_once():
    step = Candidate("steps", 3.0, SURE, drawn("attention"), ("line", "click"))
    move = Candidate("moves", 4.0, SURE, drawn(), ("line", "click"))
    assert ranked([step, move]) == [drawn()]


def test_missing_data_and_what_the_product_is_asked_keep_their_places():
    loud = [
        Candidate(family, 5.0, SURE, drawn("attention"))
        for family in ("steps", "moves", "opinion", "compliance", "cost")
    ]
    own = [
        Candidate("followers", 1.0, SURE, replace(drawn(), title="followers")),
        Candidate("assets", 2.0, SURE, replace(drawn(), title="assets")),
        Candidate("data", 1.0, SURE, replace(drawn("data"), title="data")),
    ]
    told = [one.title for one in ranked(loud + own)]
    assert told == ["title", "title", "title", "assets", "data"]


def test_two_rises_of_a_part_are_one_story_and_a_fall_is_another():
    rise = Candidate("moves", 5.0, SURE, replace(drawn(), title="clicks"), ("branch", "click"))
    step = Candidate("steps", 4.0, SURE, replace(drawn(), title="intent"), ("branch", "intent"))
    assert [one.title for one in ranked([rise, step])] == ["clicks"]
    fell = replace(step, finding=replace(drawn("attention"), title="intent"))
    assert [one.title for one in ranked([rise, fell])] == ["clicks", "intent"]


def test_what_weighs_little_only_fills_a_page_up_to_three():
    thin = [Candidate(family, 1.0, THIN, drawn()) for family in ("journeys", "growth", "level")]
    clear = [Candidate("moves", 4.0, SURE, drawn("attention"))]
    assert [one.kind for one in ranked(clear + thin)] == ["attention", "finding", "finding"]


def test_missing_data_opens_no_page_that_has_anything_else_to_say():
    gap = Candidate("data", 5.0, SURE, drawn("data"))
    assert ranked([gap, Candidate("level", 1.0, THIN, drawn())])[0].kind == "finding"


def test_where_two_weigh_the_same_the_order_of_the_families_decides():
    ends = [Candidate(family, 2.0, SURE, replace(drawn(), title=family)) for family in FAMILIES]
    told = [one.title for one in ranked(ends)]
    assert told == [one.title for one in ranked(ends[::-1])]
    assert told[:2] == ["followers", "cards"]


def test_only_the_first_point_for_attention_says_what_to_check():
    asks = [
        Candidate(family, effect, SURE, replace(drawn("attention", check=family)))
        for family, effect in (("cards", 2.0), ("opinion", 5.0), ("steps", 3.0))
    ]
    assert [one.check for one in ranked(asks)] == ["opinion", "", ""]


# ---- what is found


def test_three_to_five_findings_and_the_missing_source_is_one(facts):
    found = findings(facts)
    assert 3 <= len(found) <= 5
    assert any("成都分行抖音" in one.words and one.kind == "data" for one in found)
    assert found[0].kind != "data"
    assert sum(bool(one.check) for one in found) == 1


def test_every_page_gives_findings_with_their_n_and_a_link_that_leads_there(home):
    for facts in every_page(home):
        for language in ("zh", "en"):
            page = render(facts, language)
            with speaking(language):
                found = findings(facts)
                assert 3 <= len(found) <= 5, facts.place
                for one in found:
                    assert f' id="{one.evidence}"' in page, (facts.place, one)
                    assert one.evidence not in titles(facts)  # the very chart, not the section
                    told = f"{one.title} {one.words}"
                    shown = {formats.count(one.n), formats.exact(one.n)}
                    shown |= {"One "} if one.n == 1 else set()
                    assert one.n > 0 and any(n in told for n in shown), (facts.place, one)


def test_every_candidate_of_every_page_has_an_n_and_a_place_on_it(home):
    for facts in every_page(home):
        ids = set(re.findall(r'\bid="([^"]+)"', render(facts)))
        for one in candidates(facts):
            assert one.finding.evidence in ids, (facts.place, one.family)
            assert one.finding.n > 0, (facts.place, one.family)
            assert one.family in FAMILIES


def test_a_number_far_from_its_usual_leads(facts):
    calm = quiet(facts)
    far = figure(calm, "click", "line", value=900.0, usual_value=450.0, against_usual=1.0)
    first = findings(distant(far, "click", 6.0, "line"))[0]
    assert (first.title, first.kind) == ("条线的引流点击比通常多 100.0%", "finding")
    assert "本周 900，前 8 周中位数 450" in first.words
    assert (first.evidence, first.n) == ("funnel-line", 900)
    low = figure(calm, "click", "line", value=225.0, usual_value=450.0, against_usual=-0.5)
    first = findings(distant(low, "click", -6.0, "line"))[0]
    assert (first.title, first.kind) == ("条线的引流点击比通常少 50.0%", "attention")
    assert first.check == "本周帖子里的链接与二维码能否点开、带码是否正确"


def test_small_numbers_do_not_move(facts):
    few = figure(quiet(facts), "click", "line", value=9.0, usual_value=3.0, against_usual=2.0)
    assert findings(distant(few, "click", 6.0, "line"))[0].title != "条线的引流点击比通常多 200.0%"


def test_a_week_in_which_nothing_moved_says_so(facts):
    told = [one.title for one in findings(quiet(facts))]
    assert "漏斗里能比的各项都在通常范围内" in told
    assert not any("比通常多" in title or "掉速" in title for title in told)


def test_a_short_past_is_compared_with_last_week(facts):
    short = replace(moved(facts, read=0.3), figures=[], expected=[])
    steps = [replace(s, change=0.3 if s.stage == "read" else None) for s in short.steps]
    (move,) = of("moves", replace(short, steps=steps))
    assert move.finding.title.endswith("的阅读比上周多 30.0%")
    assert "历史还短" in move.finding.words


def test_equal_ratios_are_not_told_as_a_difference(facts):
    same = [replace(r, mau_per_follower=0.02 if r.level == "tier" else None) for r in facts.months]
    equal = replace(facts, months=same)
    assert "同占粉丝 2.00%" in titles(equal)["followers"]
    assert not any("最容易成为月活" in one.finding.title for one in of("followers", equal))


def with_interval(month):
    _, low, high = wilson(month.mau, month.followers)
    return replace(month, rate_low=low, rate_high=high)


def test_ratios_are_told_apart_only_where_their_intervals_are(facts):
    def with_mau(head_office):
        sizes = {"head_office": head_office, "branch": 100}
        months = [
            with_interval(replace(r, followers=10_000, mau=n, mau_per_follower=n / 10_000))
            if (n := sizes.get(r.tier)) and r.level == "tier"
            else replace(r, mau_per_follower=None)
            for r in facts.months
        ]
        return of("followers", replace(facts, months=months, figures=[]))

    (apart,) = with_mau(200)
    assert apart.finding.title == "总行的粉丝最容易成为月活"
    assert "占粉丝 2.00%（200 人），分行为 1.00%（100 人）" in apart.finding.words
    assert with_mau(115) == []


def test_cohorts_are_told_apart_only_where_their_intervals_are(facts):
    def with_rate(rate, low, high):
        cohorts = [
            replace(r, reached_rate=rate, rate_low=low, rate_high=high)
            if r.part is None and r.month == date(2026, 8, 1)
            else r
            for r in facts.cohorts
        ]
        (found,) = of("assets", replace(facts, cohorts=cohorts))
        return found.finding

    assert "差异在误差之内" in with_rate(0.25, 0.2, 0.3).words
    fell = with_rate(0.1, 0.05, 0.15)
    assert "两批区间不重叠" in fell.words and fell.kind == "attention" and fell.check
    assert with_rate(0.6, 0.5, 0.7).kind == "finding"


def test_card_clicks_are_told_against_their_usual_with_the_leading_product(facts):
    (cards,) = of("cards", figure(facts, "card_click", value=1200.0, against_usual=0.5))
    assert cards.finding.title == "卡种点击 1,200 次，比通常多 50.0%"
    assert "最多的是「音乐节青年卡」：412 次，上周 411 次" in cards.finding.words
    (alone,) = of("cards", figure(facts, "card_click", value=12.0, usual_value=4.0))
    assert alone.finding.title == "「音乐节青年卡」点击最多"
    assert alone.finding.evidence == "cards-products"


def test_few_subscribers_are_told_as_few(facts):
    rows = [replace(r, customers=12) if r.part is None else r for r in facts.subscriptions]
    (found,) = of("subscriptions", replace(facts, subscriptions=rows))
    assert "客户不足 30 位" in found.finding.words and found.certainty == THIN
    none = [replace(r, customers=0, amount_yuan=Decimal(0)) for r in facts.subscriptions]
    assert of("subscriptions", replace(facts, subscriptions=none)) == []


def test_grave_comments_come_before_complaints_that_wait(facts):
    (found,) = of("opinion", facts)
    assert "严重评论" in found.finding.title and found.finding.evidence == "opinion-grave"
    mild = [row for row in facts.texts.opinions if row.severity != 3]
    asked = [replace(r, kind="complaint", unanswered=2) for r in facts.texts.answers]
    texts = replace(facts.texts, opinions=mild, grave=[], answers=asked)
    (waiting,) = of("opinion", replace(facts, texts=texts))
    assert waiting.finding.title == "2 条投诉还没有回复"
    assert waiting.finding.evidence == "opinion-answers"
    assert waiting.weight < found.weight


def test_an_experiment_is_told_once_it_is_decided(facts):
    (found,) = of("experiments", facts)[:1]
    assert found.finding.evidence == "money-experiments"
    open_ended = [
        replace(
            r, difference_low=-0.1, difference_high=0.2, sequential_low=-0.1, sequential_high=0.2
        )
        for r in facts.money.variants
    ]
    undecided = replace(facts, money=replace(facts.money, variants=open_ended))
    assert of("experiments", undecided) == []


def test_what_is_withheld_is_not_told(facts):
    months = [replace(r, suppressed="mau,stable_mau,mau_per_follower") for r in facts.months]
    assert of("followers", replace(facts, months=months)) == []
    cohorts = [replace(r, suppressed="reached_rate") for r in facts.cohorts]
    assert of("assets", replace(facts, cohorts=cohorts)) == []


def test_a_title_found_today_is_not_said_to_have_been_up_for_no_days(facts):
    first = replace(facts.texts.open_findings[0], days_open=0)
    (found,) = of("compliance", replace(facts, texts=replace(facts.texts, open_findings=[first])))
    assert found.finding.title == "在线标题有 1 处命中规则、还没有改"
    assert " 0 天" not in found.finding.words
    two = replace(first, days_open=2)
    (found,) = of("compliance", replace(facts, texts=replace(facts.texts, open_findings=[two])))
    assert "已挂 2 天" in found.finding.words


def test_missing_data_says_since_when(facts):
    (late,) = [row for row in facts.sources if row.status == "overdue"][:1]
    late = replace(late, last_day=date(2026, 10, 25), days_behind=21)
    (gap,) = of("data", replace(facts, sources=[late]))
    assert "逾期未交，最久的缺 2026-10-25 之后的数据，已 21 天。" in gap.finding.words
    never = replace(late, last_day=None, days_behind=None, status="missing")
    (gap,) = of("data", replace(facts, sources=[never]))
    assert "逾期未交。相关数字" in gap.finding.words


def test_a_post_far_ahead_of_the_second_is_told_with_it(facts):
    first, second = facts.posts[:2]
    posts = [replace(first, reads_last_week=9_000), replace(second, reads_last_week=2_000)]
    (post,) = of("content", replace(facts, posts=posts))
    assert post.finding.words.endswith("第二名 2,000 次。") and post.effect == 4.5
    assert (
        titles(replace(facts, posts=posts))["content"] == "最热一篇本周新增阅读 9,000，第二名 2,000"
    )
    (alone,) = of("content", replace(facts, posts=posts[:1]))
    assert "第二名" not in alone.finding.words and alone.effect == 1.0


def test_the_leading_card_is_told_beside_last_week(facts):
    assert titles(facts)["cards"] == "音乐节青年卡点击最多：412 次，上周 411 次"


def test_hostile_names_stay_words(facts):
    grave = replace(facts.texts.open_findings[0], account_name=HOSTILE, title=HOSTILE, severity=3)
    loud = replace(quiet(facts), texts=replace(quiet(facts).texts, open_findings=[grave]))
    assert any(HOSTILE in one.words for one in findings(loud))
    page = render(loud)
    assert "<img" not in page and "&lt;img src=x" in page


def test_the_key_figures_read_are_those_of_the_week_and_of_the_last_full_month(facts):
    weeks = {row.starts_on for row in facts.figures if row.period == "week"}
    months = {row.starts_on for row in facts.figures if row.period == "month"}
    assert weeks == {facts.week.starts} and months == {date(2026, 10, 1)}
    assert {type(row) for row in facts.figures} == {KeyFigure}
    assert {type(row) for row in facts.expected} == {Expected}


def test_the_ratio_of_a_single_tier_is_not_compared(facts):
    one = [row for row in facts.months if row.tier in (None, "branch")]
    assert titles(replace(facts, months=one))["followers"].startswith("分行的归因月活占粉丝 ")


def test_all_that_is_out_of_range_is_counted_and_the_gravest_are_listed(facts):
    graver = [row for row in facts.alerts if row.metric != "grave_comments" and row.severity > 1]
    many = replace(facts, alerts=[replace(graver[0], direction="above")] * 30)
    assert titles(many)["watch"] == "30 项偏离较大，都是偏高"
    assert len(watch.section(many, "").blocks[0][0].rows) == 12


def test_the_subscribed_amount_stands_beside_the_week_before(facts):
    own = [row for row in facts.subscriptions if row.part is None]
    told = titles(facts)["subscriptions"]
    assert re.fullmatch(r"\d+ 位客户申购 [\d.]+万元，上周 [\d.]+万元", told)
    now = [row for row in own if row.week == facts.week.name]
    assert "上周" not in titles(replace(facts, subscriptions=now))["subscriptions"]


def test_without_a_week_before_no_step_is_said_to_have_kept_its_pace(facts):
    calm = quiet(facts)
    alone = [replace(row, change=None) for row in calm.steps]
    assert titles(replace(calm, steps=alone))["funnel"].startswith("没有可比的上周")


def test_above_the_funnel_stands_what_fell_and_else_that_nothing_did(facts):
    calm = quiet(facts)
    assert titles(moved(calm, read=0.1))["funnel"].startswith(
        "没有一步的数量与转化率同时明显下降；带码率"
    )
    low = figure(calm, "arrival", "line", "persons", usual_value=100.0, against_usual=-0.3)
    told = titles(distant(low, "arrival", -2.5, "line", "persons"))["funnel"]
    assert told.startswith("条线的到达比通常少 30.0%；带码率")


def test_grave_comments_do_not_crowd_out_what_moved(facts):
    (one,) = [row for row in facts.alerts if row.metric != "grave_comments"][:1]
    (comment,) = [row for row in facts.alerts if row.metric == "grave_comments"][:1]
    table = watch.section(replace(facts, alerts=[comment] * 20 + [one] * 20), "").blocks[0][0]
    told = [row[2].text for row in table.rows]
    assert sum("严重评论" in words for words in told) == 4 and len(told) == 12
    assert table.title == "最要紧的 12 项，共 40 项"
    low = replace(one, direction="below", severity=1)
    assert low in watch.pressing([comment] * 20 + [replace(one, direction="above")] * 20 + [low])
    assert len(watch.pressing([comment] * 20)) == 12
    assert len(watch.pressing([comment] * 5 + [one] * 3)) == 8


def test_a_day_is_compared_with_its_weekday_by_name(facts):
    ranged = next(row for row in facts.alerts if row.expected_low is not None)
    day = replace(ranged, period="day", starts_on=date(2026, 11, 11), periods=8)
    assert "前 8 个周三的中位数" in watch.told(day)
    with speaking("en"):
        assert "median of the 8 Wednesdays before" in watch.told(day)


def test_costs_stand_in_the_order_of_the_page_the_newest_month_first(facts):
    table = money.section(facts, "").blocks[0][0].data
    shown = [(row[0].text, row[1].text) for row in table.rows]
    ranks = [facts.name(part) for part in (None, *facts.parts)]
    assert shown == sorted(
        sorted(shown, key=lambda row: row[1], reverse=True), key=lambda row: ranks.index(row[0])
    )


@pytest.mark.parametrize(
    ("known", "ticks"), [(1, ["1"]), (3, ["1", "2", "3"]), (6, ["2", "4", "6"]), (0, [])]
)
def test_few_months_are_all_named_on_the_axis_and_the_last_of_many(known, ticks):
    spec = charts.lines([f"{at + 1}" for at in range(known)], [])
    assert list(spec["layout"]["xaxis"]["tickvals"]) == ticks


def test_one_account_is_not_spoken_of_as_of_several():
    assert words.reporting(0, 1) == "账号的导出不含此项，或尚未交付"
    assert words.reporting(0, 3) == "3 个账号的导出都不含此项，或尚未交付"


def test_where_nothing_was_delivered_nothing_is_said_to_be_complete(facts):
    assert titles(replace(facts, sources=[]))["quality"] == "没有任何来源交付过"


def test_without_past_weeks_nothing_is_said_to_be_usual(facts):
    quiet_week = replace(facts, alerts=[])
    assert titles(quiet_week)["watch"] == "本周没有数字偏离自己的通常范围"
    assert titles(replace(quiet_week, expected=[]))["watch"] == "还没有足够的往周可以相比"
