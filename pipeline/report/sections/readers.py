"""When posts are read, which followers stay, and which works are used again."""

from typing import Any

from pipeline.report import cells, charts, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.text_rows import Giveaways, PostingTime, Stay, Work
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Table

WEEKDAYS = {1: "周一", 2: "周二", 3: "周三", 4: "周四", 5: "周五", 6: "周六", 7: "周日"}
MISSING = {
    "young": "观察期尚未走完",
    "other_giveaway": "观察期内又有福利周，流失分不清",
    "no_losses": "平台不导出取关数",
    "few_weeks": "此前的周数不足，不知平常流失多少",
    "none_gained": "该周没有新增关注",
}
GIVEAWAY_HEAD = (
    "层级",
    "账号周",
    "新增关注",
    "30 天留存率",
    "每千人新户",
)
STAY_HEAD = ("账号", "层级", "平台", "周型", "新增关注", "平常周流失", "其后流失", "留存率")
WORK_HEAD = ("作品", "首发日", "平台数", "账号数", "篇数", "阅读/观看", "互动")
UNKNOWN_STAY = "没有一周走完观察期，或平台不导出取关数"


def giveaways(facts: Facts) -> list[Table]:
    """Giveaway weeks beside ordinary ones, if any is known."""
    return [_giveaways(facts)] if facts.texts.giveaways else []


def folded(facts: Facts) -> list[Table]:
    """The works used again, and the followers who stayed; those without rows are left out."""
    works, stays = facts.texts.works, facts.texts.stays
    return [*([_works(works)] if works else []), *([_stays(facts, stays)] if stays else [])]


def hours(facts: Facts) -> list[Figure]:
    """How much more is read of posts of three hours of the day, if anything is known."""
    rows = [row for row in facts.texts.posting_times if row.weekday is None]
    dots = [dot for row in rows if (dot := _dot(row))]
    if not dots:
        return []
    figure = Figure(
        id="themes-hours",
        title=say("几点发，读得比平常多"),
        caption=say(
            "相对本账号自己的平均（几何均值），0 为平常；竖线为 95% 区间，跨过 0 就说不准。"
            "比较多个时段，总有个别碰巧突出。"
        ),
        spec=_around_zero(charts.rates([(facts.name(None), dots)], 300)),
        data=_times(facts),
        metric="posting_effect",
    )
    return [figure]


def _around_zero(spec: dict[str, Any]) -> dict[str, Any]:
    """The axis of effects, which may be negative, with the usual marked."""
    spec["layout"]["yaxis"] |= {"zeroline": True, "rangemode": "normal"}
    return spec


def _dot(row: PostingTime) -> charts.Dot | None:
    if row.effect is None or row.effect_low is None or row.effect_high is None:
        return None
    return charts.Dot(_hour(row), row.effect, row.effect_low, row.effect_high, None)


def _hour(row: PostingTime) -> str:
    if row.hour_from is None:
        return say("全天")
    return say("{start}–{end} 点", start=row.hour_from, end=row.hour_from + 3)


def _times(facts: Facts) -> Table:
    """By hour, by weekday, and by both."""
    rows = sorted(facts.texts.posting_times, key=_by_kind)
    lines = [
        [
            formats.text(say("每天") if row.weekday is None else say(WEEKDAYS[row.weekday])),
            formats.text(_hour(row)),
            cells.counted(row.posts),
            _effect(facts, row),
        ]
        for row in rows
    ]
    head = tuple(say(name) for name in ("星期", "时段", "作品", "比本账号平常"))
    title = say("按时段与星期")
    return Table(id="themes-hours-data", title=title, head=head, rows=lines, sortable=True)


def _by_kind(row: PostingTime) -> tuple[bool, bool, int, int]:
    whole_week, whole_day = row.weekday is None, row.hour_from is None
    return (not whole_week, not whole_day, row.weekday or 0, row.hour_from or 0)


def _effect(facts: Facts, row: PostingTime) -> Cell:
    if row.effect is None:
        return cells.dash(say("没有可比的阅读"))
    least = cells.parameter(facts, "posting_least")
    few = say("少于 {least} 篇，仅供参考", least=least) if row.small else ""
    note = formats.interval(row.effect_low, row.effect_high)
    return Cell(formats.rate(row.effect), "small" if few else "", few, repr(row.effect), note=note)


def _giveaways(facts: Facts) -> Table:
    """Each place twice: its giveaway weeks, then its ordinary ones."""
    found = {row.part: row for row in facts.texts.giveaways}
    lines = [
        [
            formats.text(facts.name(part), note=say(kind)),
            *_weeks(found[part], prefix),
        ]
        for part in (*facts.parts, None)
        if part in found
        for prefix, kind in (("giveaway", "福利周"), ("ordinary", "普通周"))
        if prefix == "ordinary" or found[part].giveaway_weeks
    ]
    return Table(
        id="themes-giveaways",
        title=say("抽奖送礼换来的粉丝留下了吗"),
        head=tuple(say(name) for name in GIVEAWAY_HEAD),
        rows=lines,
        note=say(
            "福利周：该账号当周有福利作品；没有福利周的层级只列普通周。留存率已扣除平常的流失；"
            "每千人新户 = 每千新增关注带来的新户，一类周人数过少时，另一类一并不展示。"
        ),
        metric="giveaway_per_1000",
    )


def _weeks(row: Giveaways, prefix: str) -> list[Cell]:
    def value(name: str) -> Any:
        return getattr(row, f"{prefix}_{name}")

    known = say("{n} 个账号周", n=formats.exact(value("known_weeks")))
    return [
        cells.cell(value("weeks"), formats.exact),
        cells.cell(value("gained"), formats.count),
        cells.cell(value("stay_rate"), formats.rate, why=say(UNKNOWN_STAY), note=known),
        cells.cell(
            value("per_1000"), formats.ratio, row, f"{prefix}_per_1000", why=say("没有可比的新户")
        ),
    ]


def _stays(facts: Facts, rows: list[Stay]) -> Table:
    lines = [
        [
            formats.text(row.account_name or row.account_id),
            formats.text(words.tier(row.tier)),
            formats.text(words.platform(row.platform)),
            formats.text(say("福利周") if row.is_giveaway else say("普通周")),
            cells.cell(row.gained, formats.exact),
            cells.cell(row.usual_lost, formats.exact, why=_why(row)),
            cells.cell(row.lost_after, formats.exact, why=_why(row)),
            _stay_rate(facts, row),
        ]
        for row in rows
    ]
    return Table(
        id="themes-stays",
        title=say("{week} 新增的粉丝，30 天后还在的占比，按账号", week=rows[0].week),
        head=tuple(say(name) for name in STAY_HEAD),
        rows=lines,
        metric="stay_rate",
        sortable=True,
        folded=True,
        listed=True,
    )


def _stay_rate(facts: Facts, row: Stay) -> Cell:
    if row.stay_rate is None:
        return cells.dash(_why(row) or say(words.NO_DATA))
    return cells.rate_of(facts, row.stay_rate, row.gained, "")


def _why(row: Stay) -> str:
    return say(MISSING[row.stay_missing]) if row.stay_missing in MISSING else ""


def _works(rows: list[Work]) -> Table:
    lines = [
        [
            formats.text(row.title),
            formats.text(row.first_published_on),
            cells.cell(row.platforms, formats.exact),
            cells.cell(row.accounts, formats.exact),
            cells.cell(row.posts, formats.exact),
            cells.cell(row.reads, formats.count),
            cells.cell(row.engagement, formats.count),
        ]
        for row in rows
    ]
    return Table(
        id="themes-works",
        title=say("复用最广的 {n} 个作品", n=len(rows)),
        head=tuple(say(name) for name in WORK_HEAD),
        rows=lines,
        note=say("按标题近似认作同一作品；各平台的阅读口径不同，合计只作参考。"),
        sortable=True,
        folded=True,
    )
