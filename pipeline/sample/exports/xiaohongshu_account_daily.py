"""小红书 近30日{观看,互动,涨粉,发布}数据.xlsx: the account by day, with a summary sheet.

The summary is the sum of the days for counts. The last day is not settled: some of its
impressions and views are still to come, and the next export that covers it states them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from pipeline.sample.arrays import Ints
from pipeline.sample.exports.moments import exported_at, folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.workbook import Cell, Sheet, write_poi_workbook

SETTLED_NEXT_MORNING = 0.97
WATCH_SECONDS = 21  # of an average view
COMPLETION = 0.27

Values = dict[str, list[Cell]]  # sheet name -> one value per day, oldest first


def write_account_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write the four workbooks of a window."""
    where = folder(inbox, audience.account, window.exported)
    moment = exported_at(audience.account, window.exported)
    for topic, build in TOPICS.items():
        summary, trends = build(audience, window)
        sheets = [Sheet(f"账号总体{topic}数据", [("指标", "数值"), *summary.items()])]
        sheets += [Sheet(name, _descending(window, values)) for name, values in trends.items()]
        write_poi_workbook(where / f"近{window.days}日{topic}数据.xlsx", sheets, moment)


def _descending(window: Window, values: list[Cell]) -> list[tuple[Cell, Cell]]:
    days = [f"{window.first + number * DAY:%Y年%m月%d日}" for number in range(window.days)]
    return [("日期", "数值"), *zip(reversed(days), reversed(values), strict=True)]


def _days(audience: Audience, metric: str, window: Window) -> Ints:
    return audience.between(metric, window.first, window.last)


def _settled(audience: Audience, metric: str, window: Window) -> Ints:
    values = _days(audience, metric, window).copy()
    values[-1] = int(values[-1] * SETTLED_NEXT_MORNING)
    return values


def _before(audience: Audience, metric: str, window: Window) -> int:
    """Return the sum of as many days before the window, as far as they are followed."""
    length = timedelta(days=window.days)
    first = max(window.first - length, audience.timeline.first_post_day)
    return int(audience.between(metric, first, window.first - DAY).sum())


def _change(now: float, before: float) -> float:
    """Return the change against the window before in percent points, one decimal."""
    return round((now - before) / before * 100, 1) if before else 0.0


def _numbers(values: Ints) -> list[Cell]:
    return [int(value) for value in values]


def _percent(part: Ints, whole: Ints) -> list[Cell]:
    rates = 100 * part / np.maximum(whole, 1)
    return [f"{rate:.0f}%" for rate in rates]


def _views(audience: Audience, window: Window) -> tuple[dict[str, Cell], Values]:
    shown, seen = (_settled(audience, metric, window) for metric in ("impressions", "reads"))
    wobble = (seen % 7).astype(int)  # averages differ a little from day to day
    seconds = seen * (WATCH_SECONDS + wobble)
    completion = [f"{COMPLETION * 100 + int(step):.0f}%" for step in wobble]
    now = {"曝光": int(shown.sum()), "观看": int(seen.sum())}
    before = [_before(audience, metric, window) for metric in ("impressions", "reads")]
    summary: dict[str, Cell] = {
        **now,
        "封面点击率(%)": round(100 * now["观看"] / max(now["曝光"], 1), 1),
        "平均观看时长(s)": round(float(seconds.sum() / max(now["观看"], 1)) * 1.08, 1),
        "总观看时长(s)": int(seconds.sum()),
        "总完播率(%)": round(COMPLETION * 100 + float(wobble.mean()), 1),
        "曝光环比(%)": _change(now["曝光"], before[0]),
        "观看环比(%)": _change(now["观看"], before[1]),
        "封面点击率环比(%)": 0.8,
        "平均观看时长环比(%)": -1.2,
        "总观看时长环比(%)": _change(now["观看"], before[1]),
        "总完播率环比(%)": 0.5,
    }
    trends: Values = {
        "曝光趋势": _numbers(shown),
        "观看趋势": _numbers(seen),
        "封面点击率趋势": _percent(seen, shown),
        "平均观看时长趋势": [f"{WATCH_SECONDS + int(step)}秒" for step in wobble],
        "观看总时长趋势": [f"{int(value)}秒" for value in seconds],
        "视频完播率趋势": list(completion),
    }
    return summary, trends


INTERACTIONS = {"点赞": "likes", "评论": "comments", "收藏": "saves", "分享": "shares"}


def _interactions(audience: Audience, window: Window) -> tuple[dict[str, Cell], Values]:
    days = {word: _days(audience, metric, window) for word, metric in INTERACTIONS.items()}
    summary: dict[str, Cell] = {word: int(values.sum()) for word, values in days.items()}
    for word, metric in INTERACTIONS.items():
        change = _change(float(days[word].sum()), _before(audience, metric, window))
        summary[f"{word}环比(%)"] = change
    return summary, {f"{word}趋势": _numbers(values) for word, values in days.items()}


def _followers(audience: Audience, window: Window) -> tuple[dict[str, Cell], Values]:
    names = ("followers_gained", "followers_lost", "profile_visits")
    won, lost, visits = (_days(audience, metric, window) for metric in names)
    before = [_before(audience, metric, window) for metric in names]
    rate, old_rate = won.sum() / max(visits.sum(), 1), before[0] / max(before[2], 1)
    summary: dict[str, Cell] = {
        "净涨粉": int((won - lost).sum()),
        "新增关注": int(won.sum()),
        "取消关注": int(lost.sum()),
        "主页访客": int(visits.sum()),
        "主页转粉率(%)": round(100 * float(rate), 1),
        "净涨粉环比(%)": _change(float((won - lost).sum()), before[0] - before[1]),
        "新增关注环比(%)": _change(float(won.sum()), before[0]),
        "取消关注环比(%)": _change(float(lost.sum()), before[1]),
        "主页访客环比": _change(float(visits.sum()), before[2]),
        "主页转粉率环比(%)": _change(float(rate), old_rate),
    }
    trends: Values = {
        "净涨粉趋势": _numbers(won - lost),
        "新增关注趋势": _numbers(won),
        "取消关注趋势": _numbers(lost),
        "主页访客趋势": _numbers(visits),
        "主页转粉率趋势": _percent(won, visits),
    }
    return summary, trends


def _published(audience: Audience, window: Window) -> tuple[dict[str, Cell], Values]:
    forms: dict[date, list[str]] = {}
    for post in audience.posts:
        forms.setdefault(post.published_at.date(), []).append(post.form)
    days = [forms.get(window.first + number * DAY, []) for number in range(window.days)]
    trends: Values = {
        "总发布趋势": [len(found) for found in days],
        "发布视频趋势": [found.count("video") for found in days],
        "发布图文趋势": [found.count("image_text") for found in days],
    }
    words = ("总发布", "发布视频", "发布图文")
    summary: dict[str, Cell] = {
        word: sum(int(value or 0) for value in values)
        for word, values in zip(words, trends.values(), strict=True)
    }
    return summary | {f"{word}环比(%)": 0.0 for word in words}, trends


Topic = Callable[[Audience, Window], tuple[dict[str, Cell], Values]]
TOPICS: dict[str, Topic] = {
    "观看": _views,
    "互动": _interactions,
    "涨粉": _followers,
    "发布": _published,
}
