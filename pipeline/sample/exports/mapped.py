"""微博, 快手, 小程序, 支付宝生活号: tables of an operator, each with its mapping file beside it.

Nobody has confirmed these platforms' headers; the mapping files say so.
"""

from collections.abc import Callable, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from pipeline.sample.exports.moments import exported_at, folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.delimited import BOM, GB18030, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell, Sheet, write_poi_workbook

MAPPINGS = {
    "weibo": ("weibo_posts", "weibo_account_daily"),
    "kuaishou": ("kuaishou_posts", "kuaishou_account_daily"),
    "mini_program": ("mini_program_account_daily",),
    "alipay": ("alipay_posts", "alipay_account_daily"),
}
Rows = Sequence[Sequence[Cell]]


def write_mappings(inbox: Path, audience: Audience) -> None:
    """Write the mapping files of the account's platform, if it has any, into its folder."""
    where = inbox / audience.account.folder
    for name in MAPPINGS.get(audience.account.platform, ()):
        file = f"{name}.mapping.toml"
        text = files("pipeline.sample").joinpath("static", "mappings", file).read_bytes()
        where.mkdir(parents=True, exist_ok=True)
        (where / file).write_bytes(text)


def write_weibo_posts(inbox: Path, audience: Audience, day: date) -> None:
    """Write the posts as an operator keeps them in a workbook, newest first."""
    rows = [
        [
            f"{post.published_at:%Y-%m-%d %H:%M}",
            post.title_on(day) or None,
            page_count(audience.until("reads", post, day)),
            _actions(audience, post, day),
            audience.until("reads", post, day) // 30,
            post_url(audience, post),
        ]
        for post in audience.posts_before(day)[::-1]
    ]
    header = ("发布时间", "微博内容", "阅读数", "转评赞数", "点击数", "URL")
    _workbook(inbox, audience, day, "微博数据_博文.xlsx", [header, *rows])


def post_url(audience: Audience, post: Post) -> str:
    """Return the address of a 微博."""
    return f"https://weibo.com/{7_700_000 + audience.account.number}/Q{post.number:04d}jy"


def page_count(number: int) -> Cell:
    """Return a count as the page shows it: 1.2万 from ten thousand on."""
    return f"{number / 10_000:.1f}万" if number >= 10_000 else number


def write_weibo_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write the account's days in a workbook, newest first."""
    rows = _days(audience, window, lambda one: [
        one("followers_gained") - one("followers_lost"), one("followers_gained"),
        one("followers_lost"), page_count(one("reads")),
        one("shares") + one("comments") + one("likes"), one("shares"), one("comments"),
        one("likes"),
    ])  # fmt: skip
    header = (
        "日期", "粉丝总数", "粉丝净增数", "新增粉丝数", "减少粉丝数", "阅读数", "发博数",
        "转评赞数", "转发数", "评论数", "点赞数",
    )  # fmt: skip
    stock = audience.followers[audience.day(window.first) :]
    published = [post.published_at.date() for post in audience.posts]
    table: list[list[Cell]] = [
        [
            str(day), page_count(int(stock[number])), *row[:4],
            published.count(day), *row[4:],
        ]
        for number, (day, row) in enumerate(rows)
    ]  # fmt: skip
    _workbook(inbox, audience, window.exported, "微博数据_账号.xlsx", [header, *table[::-1]])


def write_kuaishou_posts(inbox: Path, audience: Audience, day: date) -> None:
    """Write the works as CSV, newest first."""
    header = (
        "作品标题", "发布时间", "播放量", "点赞量", "分享量", "评论量", "收藏量", "粉丝量",
    )  # fmt: skip
    metrics = ("reads", "likes", "shares", "comments", "saves", "followers_gained")
    rows = [
        [
            post.title_on(day) or None,
            f"{post.published_at:%Y-%m-%d %H:%M:%S}",
            *(max(audience.until(metric, post, day), 0) for metric in metrics),
        ]
        for post in audience.posts_before(day)[::-1]
    ]
    _csv(inbox, audience, day, "作品数据.csv", [header, *rows])


def write_kuaishou_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write the account's days as CSV."""
    rows = _days(audience, window, lambda one: [
        one("followers_gained") - one("followers_lost"), one("reads"),
    ])  # fmt: skip
    table = [("日期", "净增粉丝量", "播放量"), *((str(day), *row) for day, row in rows)]
    _csv(inbox, audience, window.exported, "账号数据.csv", table)


def write_mini_program_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write the mini program's days as CSV."""
    rows = _days(audience, window, lambda one: [
        one("reads") * 2, one("reads"), one("reads") * 7 // 10, one("followers_gained"),
        one("shares"),
    ])  # fmt: skip
    stock = audience.followers[audience.day(window.first) :]
    header = (
        "日期", "打开次数", "访问次数", "访问人数", "新访问用户", "转发次数", "累计用户数",
    )  # fmt: skip
    table = [(str(day), *row, int(stock[n])) for n, (day, row) in enumerate(rows)]
    _csv(inbox, audience, window.exported, "小程序数据.csv", [header, *table])


def write_alipay_posts(inbox: Path, audience: Audience, day: date) -> None:
    """Write the contents as CSV in GB18030, newest first."""
    header = ("内容标题", "发布时间", "曝光量", "阅读量", "点赞量", "评论量", "分享量")
    metrics = ("impressions", "reads", "likes", "comments", "shares")
    rows = [
        [
            post.title_on(day) or None,
            f"{post.published_at:%Y/%m/%d %H:%M}",
            *(max(audience.until(metric, post, day), 0) for metric in metrics),
        ]
        for post in audience.posts_before(day)[::-1]
    ]
    _csv(inbox, audience, day, "生活号内容.csv", [header, *rows], Dialect(GB18030, "\r\n"))


def write_alipay_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write the account's days as CSV in GB18030."""
    rows = _days(audience, window, lambda one: [
        one("impressions"), one("reads"), one("likes") + one("comments") + one("shares"),
        one("followers_gained"), one("followers_lost"),
    ])  # fmt: skip
    stock = audience.followers[audience.day(window.first) :]
    header = ("日期", "曝光量", "阅读量", "互动量", "新增关注", "取消关注", "关注总数")
    table = [(f"{day:%Y/%m/%d}", *row, int(stock[n])) for n, (day, row) in enumerate(rows)]
    _csv(inbox, audience, window.exported, "生活号账号.csv", [header, *table],
         Dialect(GB18030, "\r\n"))  # fmt: skip


Day = Callable[[str], int]


def _days(
    audience: Audience, window: Window, cells: Callable[[Day], list[Cell]]
) -> list[tuple[date, list[Cell]]]:
    """Return each day with its cells, which are made of the day's number of any metric."""
    start = audience.day(window.first)
    return [
        (
            window.first + number * DAY,
            cells(lambda metric, at=start + number: int(audience.by_day[metric][at])),  # type: ignore[misc]
        )
        for number in range(window.days)
    ]


def _actions(audience: Audience, post: Post, day: date) -> int:
    return sum(audience.until(metric, post, day) for metric in ("shares", "comments", "likes"))


def _workbook(inbox: Path, audience: Audience, day: date, name: str, rows: Rows) -> None:
    account = audience.account
    path = folder(inbox, account, day) / name
    write_poi_workbook(path, [Sheet("Sheet1", rows)], exported_at(account, day))


def _csv(
    inbox: Path,
    audience: Audience,
    day: date,
    name: str,
    rows: Rows,
    dialect: Dialect = Dialect(BOM),  # noqa: B008 - frozen
) -> None:
    header = [str(cell) for cell in rows[0]]
    write_csv(folder(inbox, audience.account, day) / name, header, rows[1:], dialect)
