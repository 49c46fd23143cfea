"""What a finding says, and where."""

import datetime as dt

import pytest

from pipeline.review import Finding, Reviewer
from tests.review.texts import rows, text_of

DAY = dt.date(2026, 11, 26)


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    return Reviewer(DAY, own_hosts=["bank.example"])


def of(found: list[Finding], category: str) -> list[str]:
    return [finding.text for finding in found if finding.category == category]


def test_a_finding_holds_the_original_text_of_its_span(reviewer: Reviewer) -> None:
    for row in rows("posts"):
        text = text_of(row)
        for finding in reviewer.review(text):
            assert finding.text == text[finding.start : finding.end] != ""
            assert all(
                (finding.legal_basis, finding.reason, finding.suggestion, finding.rule_version)
            )


def test_the_same_text_has_the_same_findings_in_their_order(reviewer: Reviewer) -> None:
    texts = [text_of(row) for row in rows("posts")]
    found = [reviewer.review(text) for text in texts]
    again = Reviewer(DAY, own_hosts=["bank.example"])
    assert [again.review(text) for text in texts] == found
    starts = [[finding.start for finding in each] for each in found]
    assert starts == [sorted(each) for each in starts]


@pytest.mark.parametrize(
    ("about", "promise"),
    [
        ("三年期大额存单保本保息", False),
        ("储蓄国债保本保息", False),
        ("这款理财保本保息", True),
        ("保本保息，懂的来", True),
        ("存款保本，理财不保本", False),
        ("这款理财像定期一样保本", True),
        ("投资金条来了\n三年后保本，柜台签单", True),
        ("储蓄国债开售\n到期还本付息，网点和APP都能买", False),
    ],
)
def test_what_is_a_fact_of_a_deposit_is_a_promise_of_a_product(
    about: str, promise: bool, reviewer: Reviewer
) -> None:
    assert bool(of(reviewer.review(about), "promise_return")) == promise


@pytest.mark.parametrize(
    ("said", "promise"),
    [
        ("理财不承诺保本", False),
        ("理财保本吗？", False),
        ("谁说理财不能保本？", True),
        ("不保本？不存在的，买这款理财", True),
        ("“保本理财”是骗局", False),
    ],
)
def test_denials_do_not_fool_it_nor_rhetoric(said: str, promise: bool, reviewer: Reviewer) -> None:
    assert bool(of(reviewer.review(said), "promise_return")) == promise


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ("投资须谨慎", False),
        ("净值会波动，可能亏损", False),
        ("非保本浮动收益", False),
        ("风险什么的不用担心", True),
        ("没有风险", True),
        ("不会让你亏", True),
        ("", True),
    ],
)
def test_a_disclosure_is_more_than_the_word_risk(
    told: str, missing: bool, reviewer: Reviewer
) -> None:
    found = reviewer.review(f"新基金今天开售，立即认购。{told}")
    assert bool(of(found, "missing_risk")) == missing


def test_an_omission_is_said_once(reviewer: Reviewer) -> None:
    found = reviewer.review("理财稳赚不赔，近一年收益5%，手慢无，抓紧上车，躺赚")
    assert len(of(found, "missing_risk")) == 1


@pytest.mark.parametrize(
    ("link", "wrong"),
    [
        ("https://m.bank.example/p/1", []),
        ("https://bank.example", []),
        ("https://notbank.example/p", ["https://notbank.example"]),
        ("www.shop.example", ["www.shop.example"]),
        ("https://bank.example.evil.test", ["https://bank.example.evil.test"]),
    ],
)
def test_a_link_leads_to_the_banks_own_hosts(
    link: str, wrong: list[str], reviewer: Reviewer
) -> None:
    assert of(reviewer.review(f"三年期存单看这里 {link}"), "off_platform") == wrong
