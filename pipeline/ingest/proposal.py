"""A mapping file proposed for a table that fits no declaration: every line of it is a guess.

It names no platform, so that it is refused until somebody has read it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from pipeline.ingest.container import Container, Grid
from pipeline.ingest.mapping import SHAPES, strptime_form
from pipeline.ingest.platforms.mapped import PLATFORMS
from pipeline.ingest.recognise import HEADER_ROWS
from pipeline.ingest.tidy import tidy

SAMPLE_CELLS = 20
FORMS = (
    "YYYY-MM-DD hh:mm:ss",
    "YYYY-MM-DD hh:mm",
    "YYYY-MM-DD",
    "YYYY/MM/DD hh:mm:ss",
    "YYYY/MM/DD hh:mm",
    "YYYY/MM/DD",
    "YYYY年MM月DD日 hh:mm:ss",
    "YYYY年MM月DD日 hh:mm",
    "YYYY年MM月DD日",
    "YYYYMMDD",
)
SYNONYMS = {
    "day": "日期 时间 统计日期 数据日期",
    "published_at": "发布时间 发表时间 首次发布时间 发布日期",
    "title": "标题 内容 作品名称 作品标题 作品描述 视频标题 内容标题 微博内容 文章标题",
    "post_ref": "URL 链接 网址 ID 作品ID 内容ID 文章ID 微博链接 内容链接",
    "impressions": "曝光 曝光量 曝光数 展现量 展示量 曝光次数",
    "reads": "阅读 阅读数 阅读量 播放 播放量 播放数 观看量 观看数 浏览量 访问次数 打开次数",
    "likes": "点赞 点赞数 点赞量",
    "comments": "评论 评论数 评论量",
    "saves": "收藏 收藏数 收藏量",
    "shares": "转发 转发数 转发量 分享 分享数 分享量 转发次数",
    "engagement": "转评赞数 转评赞 互动数 互动量",
    "intents": "点击数 点击量 主页访问 主页访问量 主页访客",
    "posts": "发博数 发布数 投稿量 发文数",
    "followers_gained": "新增粉丝数 新增粉丝 涨粉 涨粉量 粉丝增量 新增关注 新增用户数",
    "followers_lost": "减少粉丝数 流失粉丝数 取关粉丝 取消关注 取关量",
    "followers_net": "粉丝净增数 净增粉丝量 净增粉丝 净涨粉 净增用户数",
    "followers_total": "粉丝总数 总粉丝数 总粉丝量 累计粉丝数 粉丝数 粉丝量 累计用户数",
    "cover_click_rate": "点击率 封面点击率",
    "engagement_rate": "互动率",
    "completion_rate": "完播率 平均播放完成率",
    "avg_watch_seconds": "平均播放时长 平均观看时长 人均观看时长",
    "avg_stay_seconds": "人均停留时长 次均停留时长 平均停留时长",
}
"""Column -> headers under which platforms are known to write it."""


def propose(container: Container) -> str | None:
    """Propose a mapping file for the first table with a day and a metric; None where none has."""
    for grid in container.grids:
        for index, row in enumerate(grid.rows[:HEADER_ROWS]):
            header = [tidy(cell) for cell in row]
            for kind, moment in (("posts", "published_at"), ("account_daily", "day")):
                guessed = _guess(header, SHAPES[f"weibo_{kind}"].schema().names)
                if moment in guessed and len(guessed) > 1 and _named(kind, guessed):
                    return "\n".join(_written(kind, moment, guessed, header, _below(grid, index)))
    return None


def _named(kind: str, guessed: Mapping[str, str]) -> bool:
    return kind == "account_daily" or bool(guessed.keys() & {"title", "post_ref"})


def _guess(header: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Guess column -> header; of several headers for one column the first, each header once."""
    guessed: dict[str, str] = {}
    for name, synonyms in SYNONYMS.items():
        found = [h for h in header if h in synonyms.split() and h not in guessed.values()]
        if name in names and found:
            guessed[name] = found[0]
    return guessed


def _below(grid: Grid, index: int) -> list[list[str]]:
    """Give the first cells of each column below a header."""
    rows = grid.rows[index + 1 : index + 1 + SAMPLE_CELLS]
    width = len(grid.rows[index])
    return [[row[i].strip() for row in rows if i < len(row)] for i in range(width)]


def _written(
    kind: str,
    moment: str,
    guessed: Mapping[str, str],
    header: Sequence[str],
    below: Sequence[Sequence[str]],
) -> Iterator[str]:
    cells = {name: below[header.index(title)] for name, title in guessed.items()}
    yield "# Proposed from the headers alone: read every line, then keep it as mapping.toml."
    yield f'platform = ""  # one of {", ".join(PLATFORMS)}'
    yield f'kind = "{kind}"  # GUESS'
    rest = [title for title in header if title and title not in guessed.values()]
    yield f"ignore = [{', '.join(map(_quoted, rest))}]  # not landed: map what you need of it"
    yield "\n[columns]"
    for name, title in guessed.items():
        yield f"{name} = {_quoted(title)}  # GUESS"
    yield "\n[units]"
    for name in guessed:
        if (unit := _unit(name, cells[name])) is not None:
            yield unit
    yield "\n[formats]"
    yield f'{moment} = "{_form(cells[moment])}"  # GUESS'


def _quoted(text: str) -> str:
    plain = re.sub(r"[\x00-\x1f\x7f]", " ", text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unit(name: str, cells: Sequence[str]) -> str | None:
    if name.endswith("_rate"):
        if any(cell.endswith("%") for cell in cells):
            return f'{name} = "percent_text"  # GUESS: written with %'
        return f'{name} = "fraction"  # GUESS: or percent_points, ratio; ask what 0.5 would mean'
    if name.endswith("_seconds"):
        word = "seconds_text" if any(cell.endswith("秒") for cell in cells) else "seconds"
        return f'{name} = "{word}"  # GUESS'
    if any(re.search("[万亿wW+]", cell) for cell in cells) and name not in _WORDS:
        return f'{name} = "page_count"  # GUESS: rounded as a page shows it'
    return None


_WORDS = ("day", "published_at", "title", "post_ref", "followers_net")


def _form(cells: Sequence[str]) -> str:
    """Give the first form that fits every cell, or else the commonest one."""
    filled = [cell for cell in cells if cell]
    return next((form for form in FORMS if all(_fits(cell, form) for cell in filled)), FORMS[0])


def _fits(cell: str, form: str) -> bool:
    with suppress(ValueError):
        datetime.strptime(cell, strptime_form(form))
        return True
    return False
