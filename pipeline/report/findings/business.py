"""Findings about what visits lead to and cost: cards, subscriptions, spend, credit, experiments."""

from decimal import Decimal

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.figure_rows import KeyFigure
from pipeline.report.facts.money_rows import Variant
from pipeline.report.facts.rows import CardProduct, Subscriptions
from pipeline.report.findings import phrases
from pipeline.report.findings.ranking import (
    STANDING,
    SURE,
    THIN,
    Candidate,
    by_count,
    change_effect,
)
from pipeline.report.language import say
from pipeline.report.sections import attribution, experiments, money
from pipeline.report.sections.cards import UNNAMED, last_week, products
from pipeline.report.view import Finding

FEW = 30  # fewer customers are told as few, fewer clicks are not compared
DEARER = 1.1  # times the month before from which a customer's cost asks for attention


def candidates(facts: Facts) -> list[Candidate | None]:
    """Give what cards, subscriptions, spend, credit and experiments have to say."""
    return [
        _cards(facts),
        _subscriptions(facts),
        _cost(facts),
        _attribution(facts),
        *(_experiment(facts, row) for row in facts.money.variants),
    ]


def _cards(facts: Facts) -> Candidate | None:
    """All card clicks against the usual, with the leading product; else the product alone."""
    rows = [r for r in products(facts, facts.week.name) if r.clicks and not r.hides("clicks")]
    before = last_week(facts, rows[0]) if rows else ""
    figure = facts.figure("card_click", "week")
    if figure is None or figure.value is None or not _comparable(figure):
        return _product(rows[0], before) if rows else None
    n, fell = round(figure.value), (figure.against_usual or 0) < 0
    told = say(
        "前 {weeks} 周中位数 {usual} 次，上周 {past} 次。",
        weeks=figure.usual_weeks,
        usual=phrases.whole(figure.usual_value),
        past=phrases.whole(figure.previous_value),
    )
    finding = Finding(
        "attention" if fell and not phrases.is_flat(figure.against_usual or 0) else "finding",
        say(
            "卡种点击 {n} 次，{moved}",
            n=formats.count(n),
            moved=phrases.against_usual(figure.against_usual or 0),
        ),
        formats.sentences([told, _leading(rows[0], before) if rows else ""]),
        "cards-weeks",
        n,
        say("主推卡种的链接是否还在、落地页有没有换") if fell else "",
    )
    effect = change_effect(figure.against_usual or 0, figure.usual_value)
    return Candidate("cards", effect, by_count(n), finding)


def _comparable(figure: KeyFigure) -> bool:
    return figure.against_usual is not None and (figure.usual_value or 0) >= FEW


def _leading(row: CardProduct, before: str) -> str:
    told = (
        "最多的是「{name}」：{n} 次，上周 {before} 次。"
        if before
        else "最多的是「{name}」：{n} 次。"
    )
    name, n = row.product or say(UNNAMED), formats.count(row.clicks)
    return say(told, name=name, n=n, before=before)


def _product(row: CardProduct, before: str) -> Candidate:
    title = say("「{name}」点击最多", name=row.product or say(UNNAMED))
    told = "本周 {n} 次，上周 {before} 次。" if before else "本周 {n} 次。"
    told = say(told, n=formats.count(row.clicks), before=before)
    finding = Finding("finding", title, told, "cards-products", row.clicks or 0)
    return Candidate("cards", STANDING, THIN, finding)


def _subscriptions(facts: Facts) -> Candidate | None:
    """The amount against the usual; where few customers make it, that it says little."""
    rows = [r for r in facts.subscriptions if r.part is None and r.week == facts.week.name]
    row = rows[0] if rows else None
    if row is None or row.amount_yuan is None or not row.customers:
        return None
    figure = facts.figure("subscription_amount", "week")
    change = None if figure is None else figure.against_usual
    fell = change is not None and change < 0 and not phrases.is_flat(change)
    title = "{n} 位客户申购 {amount}" if change is None else "{n} 位客户申购 {amount}，{moved}"
    finding = Finding(
        "attention" if fell else "finding",
        say(
            title,
            n=formats.count(row.customers),
            amount=formats.yuan(row.amount_yuan),
            moved=phrases.against_usual(change or 0),
        ),
        formats.sentences([_usual_amount(figure), _orders(row), _few(row.customers)]),
        "subscriptions-amounts",
        row.customers,
        say("理财链接对应的产品是否售罄或下架，待确认的笔数有没有积压") if fell else "",
    )
    effect = STANDING if change is None else change_effect(change, row.customers)
    return Candidate("subscriptions", effect, by_count(row.customers), finding)


def _usual_amount(figure: KeyFigure | None) -> str:
    if figure is None or figure.usual_value is None or figure.previous_value is None:
        return ""
    usual, past = (Decimal(repr(v)) for v in (figure.usual_value, figure.previous_value))
    return say(
        "前 {weeks} 周中位数 {usual}，上周 {past}。",
        weeks=figure.usual_weeks,
        usual=formats.yuan(usual),
        past=formats.yuan(past),
    )


def _orders(row: Subscriptions) -> str:
    apart = [
        say(told, n=formats.exact(orders))
        for orders, told in (
            (row.pending_orders, "{n} 笔待确认"),
            (row.withdrawn_orders, "{n} 笔在冷静期内撤回"),
        )
        if orders
    ]
    told = "共 {n} 笔已确认；另有 {apart}，不计入。" if apart else "共 {n} 笔已确认。"
    return say(told, n=formats.exact(row.orders), apart=formats.listed(apart))


def _few(customers: int) -> str:
    return say("客户不足 {few} 位，一两笔大额就能改变金额。", few=FEW) if customers < FEW else ""


def _cost(facts: Facts) -> Candidate | None:
    """What a new customer cost in the latest month, beside the month before."""
    row = money.costs_of_customers(facts, 0).get(None)
    past = money.costs_of_customers(facts, 1).get(None)
    if row is None or past is None or not row.cac_yuan or not past.cac_yuan:
        return None
    ratio = float(row.cac_yuan / past.cac_yuan)  # only ranks it
    n = row.new_customers or 0
    told = say("{n} 位新户，投入 {spend}。", n=formats.count(n), spend=formats.yuan(row.spend_yuan))
    dearest = money.dearest_part(facts)
    most = (
        ""
        if dearest is None
        else say(
            "{place}最贵，每户 {most}。",
            place=facts.name(dearest.part),
            most=formats.yuan(dearest.cac_yuan),
        )
    )
    dearer = ratio >= DEARER
    finding = Finding(
        "attention" if dearer else "finding",
        say(
            "{month}每个新户花费 {cac}，前一个月 {past}",
            month=formats.month_name(row.month),
            cac=formats.yuan(row.cac_yuan),
            past=formats.yuan(past.cac_yuan),
        ),
        formats.sentences([told, most]),
        "money-cac",
        n,
        say("最贵一处的投放：费用投给了谁，带来的到达有没有跟上") if dearer else "",
    )
    return Candidate("cost", change_effect(ratio - 1, n), by_count(n), finding)


def _attribution(facts: Facts) -> Candidate | None:
    """The channel whose share depends most on the rule, where the page shows credit at all."""
    most = attribution.most_disputed(facts) if facts.is_bank else None
    total = None if most is None else attribution.conversions(facts, most.kind)
    if most is None or total is None or not total.conversions:
        return None
    kind = words.within(say(attribution.KINDS[most.kind]))
    finding = Finding(
        "finding",
        say(
            "{channel}带来多少{kind}，各规则说法不一：{range}",
            channel=formats.sentence(most.name) if most.dimension == "tier" else most.name,
            kind=kind,
            range=most.range,
        ),
        say(
            "{month} {n} 次转化由七种规则分给渠道，这一渠道的份额相差最大；请看区间。",
            month=formats.month_name(total.month),
            n=formats.count(total.conversions),
        ),
        f"attribution-{most.kind.replace('_', '-')}",
        total.conversions,
    )
    effect = change_effect(most.spread[1] - most.spread[0], total.conversions)
    return Candidate("attribution", effect, by_count(total.conversions), finding)


def _experiment(facts: Facts, row: Variant) -> Candidate | None:
    """A variant that differs from its control by the experiment's own rule."""
    ends = experiments.bounds(row)
    if row.is_control or row.why_not is not None or ends is None or ends[0] <= 0 <= ends[1]:
        return None
    if row.difference is None or row.hides("difference") or not row.observed:
        return None
    same = [r for r in facts.money.variants if r.experiment_id == row.experiment_id]
    control = next((r for r in same if r.is_control), None)
    if control is None or control.rate is None or control.hides("rate"):
        return None
    name = row.experiment_name or row.experiment_id
    title = (
        "实验「{name}」：{variant} 组高于对照"
        if ends[0] > 0
        else "实验「{name}」：{variant} 组低于对照"
    )
    told = say(
        "转化率 {rate}，对照 {control}，相差 {points} 个百分点"
        "（区间 {low} 至 {high}）；{n} 人观察期满，对照 {of} 人。",
        rate=formats.rate(row.rate),
        control=formats.rate(control.rate),
        points=experiments.points(row.difference),
        low=experiments.points(ends[0]),
        high=experiments.points(ends[1]),
        n=formats.count(row.observed),
        of=formats.count(control.observed),
    )
    finding = Finding(
        "finding",
        say(title, name=name, variant=row.variant),
        told,
        "money-experiments",
        row.observed,
    )
    return Candidate("experiments", STANDING, SURE, finding)
