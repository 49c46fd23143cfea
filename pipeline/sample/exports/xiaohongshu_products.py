"""小红书 beside the overview: one note in detail, 蒲公英, 薯条, 灵犀, 星河 and 聚光, one file each.

Nothing reads them yet. What nobody has seen of them is a guess; docs/SOURCES.md says what.
"""

from collections.abc import Sequence
from pathlib import Path

from pipeline.sample.exports.moments import exported_at, folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import DAY
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell, Sheet, write_poi_workbook

Table = Sequence[Sequence[Cell]]

# 104 columns; the names of the others nobody has seen.
COOPERATION = {
    1: "博主昵称", 3: "博主粉丝量", 5: "笔记标题", 7: "笔记类型", 8: "笔记发布日期",
    10: "笔记id", 11: "内容标签", 16: "博主报价", 17: "服务费金额", 20: "曝光量", 21: "阅读量",
    22: "阅读UV", 23: "5s播放率", 24: "3s阅读率", 26: "平均浏览时长", 27: "视频完播率",
    29: "互动率", 36: "自然阅读量", 38: "推广阅读量", 58: "正文组件点击量", 60: "正文组件CTR",
    64: "笔记底栏组件点击量", 66: "笔记底栏组件CTR", 75: "评论区组件点击量", 77: "评论区组件CTR",
}  # fmt: skip
COOPERATION_WIDTH = 104
GROUPS = {0: "笔记信息", 20: "笔记数据", 55: "组件数据", 78: "阅读用户"}
ADS = {
    "创意": ("创意ID", "创意名称", "笔记ID", "单元ID", "计划ID"),
    "笔记": ("笔记ID", "单元ID", "计划ID"),
    "单元": ("单元ID", "单元名称", "计划ID"),
    "计划": ("计划ID", "计划名称"),
}
ORDERS = (
    "数据更新日期", "笔记数", "发布人数", "图文笔记占比", "视频笔记占比", "订单id", "合作名称",
    "报备品牌", "博主报价", "服务费金额", "订单创建时间", "spu名称", "总曝光量", "总阅读量",
    "总互动率", "阅读单价",
)  # fmt: skip
BOOSTS = (
    "订单ID", "笔记ID", "被推广者", "实际消耗（元）", "实际支付金额（元）", "推广总预算（元）",
    "订单状态", "启动时间", "曝光量", "阅读量",
)  # fmt: skip
BRAND_NOTES = (
    "笔记ID", "作业昵称", "笔记标题", "封面图", "笔记链接", "创建时间", "曝光量", "阅读量",
    "互动量", "点击率", "互动率", "I+TI人群数", "TI人群数", "进店用户数", "TI人群进店兑换比",
    "I+TI人群进店兑换比",
)  # fmt: skip
SHOP_VISITS = (
    "内容ID", "日期", "流量类型", "归因周期", "阅读/播放UV", "进店UV", "成交UV", "商家GMV",
)  # fmt: skip
AD_METRICS = (
    "消费", "展现量", "点击量", "点击率", "平均点击成本", "平均千次展示费用", "私信进线数",
    "私信留资数", "平均响应时长(分)", "表单提交",
)  # fmt: skip


def write_note_detail(inbox: Path, audience: Audience) -> None:
    """Write the two workbooks of the latest note with a title: overview, days, hours."""
    day = audience.timeline.end
    note = next(post for post in audience.posts_before(day)[::-1] if post.title_on(day))

    def total(metric: str) -> int:
        return audience.until(metric, note, day)

    since = note.published_at.date()
    days = [since + number * DAY for number in range(min(3, (day - since).days))]
    shares = [int(audience.by_post["shares"][note.number, audience.day(one)]) for one in days]
    basic: dict[str, Table] = {
        "基础数据总览": [
            ("指标", "值"), ("曝光数", total("impressions")), ("观看数", total("reads")),
            ("封面点击率(%)", round(note.cover_rate * 100, 1)),
            ("平均观看时长(s)", round(note.watch_seconds, 1)),
            ("完播率(%)", round(note.finish_rate * 100, 1)), ("2秒退出率(%)", 21.4),
            ("涨粉数", total("followers_gained")),
        ],
        "封面点击率": [("日期", "封面点击率"), *((f"{d:%Y年%m月%d日}", "9%") for d in days)],
    }  # fmt: skip
    acts: dict[str, Table] = {
        "互动数据总览": [
            ("指标", "值"), ("点赞数", total("likes")), ("评论数", total("comments")),
            ("收藏数", total("saves")), ("分享数", total("shares")), ("弹幕数", 0),
        ],
        "分享": [("日期", "笔记分享数"),
                 *((f"{d:%Y年%m月%d日}", n) for d, n in zip(days, shares, strict=True))],
        "分享小时": [("时间", "笔记分享数"),
                    *((f"{days[0]:%Y年%m月%d日}{hour:02}时", hour % 2) for hour in range(24))],
    }  # fmt: skip
    title = "".join("_" if sign in "/?:" else sign for sign in note.title_on(day))
    for number, sheets in enumerate((basic, acts)):
        name = f"{title}-数据明细表{f' ({number})' if number else ''}.xlsx"
        _workbook(inbox, audience, name, [Sheet(word, rows) for word, rows in sheets.items()])


def write_cooperation(inbox: Path, audience: Audience) -> None:
    """Write 蒲公英 notes (two merged rows of groups above the names) and the report of orders."""
    names = [COOPERATION.get(number, "") for number in range(COOPERATION_WIDTH)]
    groups = [GROUPS.get(number) for number in range(COOPERATION_WIDTH)]
    rows = [_cooperation(audience, post, number) for number, post in enumerate(_some(audience))]
    merged = ("A1:T1", "U1:BC1", "BD1:BZ1", "CA1:CZ1", "A2:T2", "U2:BC2", "BD2:BZ2", "CA2:CZ2")
    sheet = Sheet("Sheet1", [groups, groups, names, *rows], merged=merged)
    _workbook(inbox, audience, "蒲公英笔记数据.xlsx", [sheet])
    orders: Table = [
        (
            f"{audience.timeline.end:%Y/%m/%d}", 1, 1, "100.0%", "0.0%",
            str(6_123_456_789_012_345_600 + number), "音乐节青年卡种草", "江屿银行", 800, 80,
            "2026/10/20", "-", 9_000 + 700 * number, 820 + 60 * number, "9.3%", 0.98,
        )
        for number in range(3)
    ]  # fmt: skip
    _workbook(inbox, audience, "蒲公英订单报告.xlsx", [Sheet("Sheet1", [ORDERS, *orders])])


def _cooperation(audience: Audience, post: Post, number: int) -> list[Cell]:
    day = audience.timeline.end
    reads, shown = audience.until("reads", post, day), audience.until("impressions", post, day)
    date_form = "%Y/%m/%d" if number % 2 else "%Y-%m-%d %H:%M:%S"
    values: dict[int, Cell] = {
        1: f"小岛生活{number + 1}", 3: 12_000 + 900 * number, 5: post.subject.title,
        7: "图文笔记", 8: f"{post.published_at:{date_form}}", 10: note_id(post), 11: "-",
        16: 800, 17: 80, 20: shown, 21: reads, 22: reads * 8 // 10, 23: "-", 24: "60.00%",
        26: round(post.watch_seconds, 1), 27: "-", 29: "5.20%", 36: reads * 6 // 10,
        38: reads - reads * 6 // 10, 58: reads // 50, 60: "2.00%", 64: reads // 80, 66: "1.25%",
        75: "-", 77: "-",
    }  # fmt: skip
    return [values.get(number) for number in range(COOPERATION_WIDTH)]


def write_boosts(inbox: Path, audience: Audience) -> None:
    """Write 薯条 orders, the list of notes of 灵犀 and the shop visits of 星河."""
    posts, day = _some(audience), audience.timeline.end
    boosts: Table = [
        (
            str(7_212_345_678_901_234_500 + number), note_id(post), audience.account.name,
            75.5, 100, 100, "推广完成", f"{post.published_at + DAY:%Y-%m-%d %H:%M:%S}",
            4_000 + 300 * number, 350 + 20 * number,
        )
        for number, post in enumerate(posts)
    ]  # fmt: skip
    _workbook(inbox, audience, "薯条消耗明细.xlsx", [Sheet("Sheet1", [BOOSTS, *boosts])])
    brand: Table = [
        (
            note_id(post), audience.account.name, post.subject.title, "-", "-",
            f"{post.published_at:%Y-%m-%d}", audience.until("impressions", post, day),
            audience.until("reads", post, day), 60, 26.94, 4.1, 900, 320, 41, 12.8, 4.6,
        )
        for post in posts
    ]  # fmt: skip
    _workbook(inbox, audience, "灵犀笔记榜.xlsx", [Sheet("Sheet1", [BRAND_NOTES, *brand])])
    visits: Table = [
        (note_id(post), f"{day - DAY}\t", traffic, window, 300, 12, 2, 0)
        for post in posts
        for traffic in ("全部流量", "自然流量")
        for window in (15, 30)
    ]
    path = folder(inbox, audience.account, day) / "星河转化数据.csv"
    write_csv(path, SHOP_VISITS, visits, Dialect(BOM))


def write_ads(inbox: Path, audience: Audience) -> None:
    """Write a report of 聚光 for each level, with its row of sums."""
    days = [audience.timeline.end - number * DAY for number in (2, 1)]
    note = note_id(_some(audience)[0])
    own: dict[str, Cell] = {
        "创意ID": "8801", "创意名称": "音乐节青年卡-封面A", "笔记ID": note, "单元ID": "7701",
        "单元名称": "信息流-年轻客群", "计划ID": "6601", "计划名称": "双十一卡种草",
    }  # fmt: skip
    for word, identity in ADS.items():
        header = ("时间", *identity, "投放位置", *AD_METRICS)
        rows: list[list[Cell]] = [["合计", *[None] * (len(identity) + 1), 641.2]]
        for day in days:
            metrics = (320.6, 12_840, 642, "5.00%", 0.5, 24.97, 18, 5, 1.5, 3)
            rows.append([str(day), *(own[name] for name in identity), "信息流推广", *metrics])
        _workbook(inbox, audience, f"聚光{word}报表.xlsx", [Sheet("Sheet1", [header, *rows])])


def note_id(post: Post) -> str:
    """Return an id of 24 hexadecimal digits."""
    return f"6a0c{post.number:08x}000000001203"


def _some(audience: Audience) -> list[Post]:
    return audience.posts_before(audience.timeline.end)[::-1][:4]


def _workbook(inbox: Path, audience: Audience, name: str, sheets: Sequence[Sheet]) -> None:
    account, day = audience.account, audience.timeline.end
    write_poi_workbook(folder(inbox, account, day) / name, sheets, exported_at(account, day))
