"""What the posts are about: product lines, products, and titles made from a few phrases."""

from dataclasses import dataclass

import numpy as np

CARDS = ("音乐节青年卡", "无界数字卡", "车主卡", "跨境返现卡")
WEALTH = ("江屿朝朝盈", "江屿月月安", "江屿稳行一号")

# Product lines of each unit's posts with their shares; a branch speaks of everything.
MIX = {
    "hq": {"card": 0.3, "wealth": 0.25, "deposit": 0.1, "account": 0.2, "service": 0.15},
    "cards": {"card": 1.0},
    "wealth": {"wealth": 0.85, "deposit": 0.15},
}
BRANCH_MIX = {"card": 0.3, "wealth": 0.3, "deposit": 0.15, "account": 0.15, "service": 0.1}

PHRASES = {
    "card": (
        "{place}开车通勤，这张{card}能省多少？", "{card}开箱：颜值和权益一次看完",
        "周末看演出前，先把{card}权益领好🎸", "{card}年费怎么免？一图看懂",
        "{season}出行攻略｜{card}返现怎么算", "新户申请{card}，这三个问题最常被问",
    ),
    "wealth": (
        "{season}理财小课堂：{wealth}适合谁？", "业绩比较基准不是承诺收益，一分钟讲清楚",
        "风险测评为什么要重做？", "{wealth}申购流程演示（理财有风险）",
        "工资到账后，先分四个账户 💰", "净值波动怎么看｜{place}理财经理手记",
    ),
    "deposit": (
        "{season}存款到期，怎么续更合适", "大额存单和定期，差别在哪里",
        "给孩子的第一笔存款，{place}家长怎么选",
    ),
    "account": (
        "手机开户只要三步｜{place}实测", "新市民开户指南，{season}版", "数字钱包绑卡教程，收藏备用",
    ),
    "service": (
        "{place}网点{season}营业时间", "反诈提醒：这类链接别点", "一天的大堂经理，都在忙什么",
        "{place}夜市摊主的收款故事 🌙",
    ),
}  # fmt: skip
PLACES = ("江边", "老城", "新区", "海棠路", "滨湖", "大学城", "青屿港", "云湖边")
SEASONS = ("八月", "开学季", "中秋", "国庆", "金秋", "双十一", "立冬")
GIVEAWAY_TITLE = "🎁 转评赞抽 100 份江屿周边！关注就有机会"
REPEATED_TITLE = "本周活动汇总"
# A formula's first character, markup, a joined emoji, and a phone number that is nobody's.
PASTED = "=<b>{title}</b>&👩‍👩‍👧 13800000000"
TAGS = {
    "card": "#信用卡 #权益",
    "wealth": "#理财知识 #理财有风险",
    "deposit": "#存款",
    "account": "#开户",
    "service": "#江屿银行",
}


@dataclass(frozen=True)
class Subject:
    """What a post promotes and says."""

    product_line: str
    product: str | None
    title: str


def subject(chance: np.random.Generator, unit_id: str, used: set[str]) -> Subject:
    """Draw what a post of a unit is about; its title is not among the used ones."""
    mix = MIX.get(unit_id, BRANCH_MIX)
    line = str(chance.choice(list(mix), p=list(mix.values())))
    card, wealth = str(chance.choice(CARDS)), str(chance.choice(WEALTH))
    phrase = str(chance.choice(PHRASES[line]))
    title = phrase.format(
        card=card, wealth=wealth, place=chance.choice(PLACES), season=chance.choice(SEASONS)
    )
    number = 2
    while title in used:
        title = f"{title.split('（第')[0]}（第{number}期）"
        number += 1
    used.add(title)
    return Subject(line, {"card": card, "wealth": wealth}.get(line), title)
