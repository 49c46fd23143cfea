"""How findings say that a number has moved."""

from decimal import Decimal

from pipeline.report import formats
from pipeline.report.language import say

# What to look at first where a stage has fallen.
CHECKS = {
    "exposure": "发帖数是否减少，平台有没有限流通知",
    "read": "本周帖子的标题、封面与发布时段",
    "engagement": "本周的题材，评论区有没有人回应",
    "follow": "主页与简介有没有改动，上周有没有抽奖抬高了基数",
    "intent": "主页入口、私信自动回复与组件是否还在",
    "click": "本周帖子里的链接与二维码能否点开、带码是否正确",
    "arrival": "引流链接逐条点开，落地页能否打开、来源码是否带到行内",
    "new_customer": "开户与绑卡页有没有报错或改版",
}


def size(change: float) -> str:
    """The size of a relative change, without its sign."""
    return formats.rate(abs(change)) if abs(change) < 0.001 else _plain(change)


def _plain(change: float) -> str:
    return formats.change(abs(change)).rpartition(" ")[2].removeprefix("+")


def whole(value: float | None) -> str:
    """A count or a number of persons that is published as a double, or a median of such."""
    return formats.count(None if value is None else Decimal(repr(value)))


def one_line(title: str | None) -> str:
    """A post's title as it stands within a sentence."""
    return " ".join((title or "").split()) or say("（无标题）")


def is_flat(change: float) -> bool:
    """Whether a change rounds to none."""
    return abs(change) < 0.0005


def against_usual(change: float) -> str:
    """How far a number is from the median of the weeks before."""
    if is_flat(change):
        return say("与通常持平")
    return say("比通常多 {size}" if change > 0 else "比通常少 {size}", size=size(change))


def against_last(change: float) -> str:
    """How far a number is from the week before."""
    if is_flat(change):
        return say("与上周持平")
    return say("比上周多 {size}" if change > 0 else "比上周少 {size}", size=size(change))


def check(stage: str) -> str:
    """What to look at first where a stage, or the step to it, has fallen."""
    return say(CHECKS[stage]) if stage in CHECKS else ""


def against_month(change: float) -> str:
    """How far a number is from the month before."""
    if is_flat(change):
        return say("与前一个月持平")
    return say("比前一个月多 {size}" if change > 0 else "比前一个月少 {size}", size=size(change))
