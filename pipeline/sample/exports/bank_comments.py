"""comments.csv: what is said under posts, as a social listening tool exports it.

It holds nicknames, avatars and links as such files do, and people write numbers into comments. The
numbers are nobody's: reserved ranges, and checksums that fit.
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from pipeline.sample.arrays import stream
from pipeline.sample.exports.bank_files import bank_folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, WEEK, Timeline
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

PLATFORMS = ("xiaohongshu", "douyin", "wechat_official")
WEEKS = 8
A_WEEK = 6  # comments under the posts of an account
ANSWERED = 0.7

HEADER = ["评论ID", "账号编号", "评论时间", "用户昵称", "头像", "主页链接", "评论内容", "回复时间"]

SAID = {
    "praise": (
        "讲得很清楚，收藏了", "网点小姐姐超有耐心👍", "这张卡真的方便", "终于看懂了，谢谢",
        "吉祥物好可爱", "当天到账，超快",
    ),
    "question": (
        "年费怎么收的？", "请问周末网点开门吗", "新市民可以开户吗？", "这个活动到什么时候结束？",
        "能不能线上办理呀", "@江屿小助手 怎么预约？",
    ),
    "chat": ("路过", "来了来了", "蹲后续", "和朋友一起去看了演出", "先马住"),
    "complaint": (
        "排队排了两个小时", "客服电话一直打不通", "App 又闪退了", "手续费也太高了吧",
        "理财又亏了，净值天天跌",
    ),
    "grave": (
        "有人冒充你们客服让我转账，已经报警了", "我的信息是不是被你们泄露了，天天接到贷款电话",
        "说好保本的，现在亏了两万，我要投诉到监管", "信用卡被盗刷了三千，回我电话 13800000000",
        "卡号 6222021234567890128 的钱去哪了，身份证 11010519491231002X 都报了还不解决",
    ),
}  # fmt: skip
SHARES = {"praise": 0.3, "question": 0.25, "chat": 0.25, "complaint": 0.17, "grave": 0.03}


def write_comments(inbox: Path, audiences: list[Audience], timeline: Timeline, seed: int) -> None:
    """Write the comments of the last weeks into the last delivery."""
    accounts = sorted(
        one.account.account_id for one in audiences if one.account.platform in PLATFORMS
    )
    rows = [row for name in accounts for row in _of(stream(seed, "comments", name), name, timeline)]
    path = bank_folder(inbox, timeline.end) / "comments.csv"
    write_csv(path, HEADER, rows, Dialect(BOM))


def _of(chance: np.random.Generator, account: str, timeline: Timeline) -> list[list[Cell]]:
    first = timeline.end - WEEKS * WEEK
    return [
        _row(chance, account, number, first + int(chance.integers(WEEKS * 7)) * DAY, timeline)
        for number in range(int(chance.poisson(A_WEEK * WEEKS)))
    ]


def _row(
    chance: np.random.Generator, account: str, number: int, day: date, timeline: Timeline
) -> list[Cell]:
    said = SAID[str(chance.choice(list(SHARES), p=list(SHARES.values())))]
    at = datetime.combine(day, time()) + timedelta(minutes=int(chance.integers(480, 1380)))
    answer = at + timedelta(minutes=int(chance.lognormal(5.5, 1.2)))
    answered = chance.random() < ANSWERED and answer.date() < timeline.end
    someone = int(chance.integers(10**8))
    return [
        f"{account}-{number:06d}",
        account,
        f"{at:%Y-%m-%d %H:%M}",
        f"小屿友{someone:08d}",
        f"https://img.example/{someone:08d}.png",
        f"https://social.example/u/{someone:08d}",
        said[int(chance.integers(len(said)))],
        f"{answer:%Y-%m-%d %H:%M}" if answered else None,
    ]
