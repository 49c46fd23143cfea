"""Rules as data: their own examples, their days, and files that cannot be rules."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from pipeline import review
from pipeline.errors import ConfigurationError
from pipeline.review import Reviewer, Reviewers, Rule, category_names, read_rules
from pipeline.review.rules import contexts, laws

DAY = dt.date(2026, 11, 26)
RULES = read_rules()
PUBLISHED = (Path(__file__).parent / "rule_ids.txt").read_text(encoding="utf-8").split()
BY_ID = {rule.id: rule for rule in RULES}


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    return Reviewer(DAY, own_hosts=["bank.example"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule(rule: Rule, reviewer: Reviewer) -> None:
    """An omission is one finding a text, whichever of its rules is the gravest."""
    for text in rule.match:
        found = {
            finding.category if rule.lacks else finding.rule_id for finding in reviewer.review(text)
        }
        assert (rule.category if rule.lacks else rule.id) in found, text
    for text in rule.no_match:
        assert rule.category not in {f.category for f in reviewer.review(text)}, text


def test_an_id_that_was_published_is_never_gone_nor_given_to_another_rule() -> None:
    """A rule that ends gets an effective_to; a new one is added to rule_ids.txt with its title."""
    assert [f"{rule.id}:{rule.title}" for rule in RULES] == PUBLISHED


def test_every_word_class_is_used() -> None:
    here = Path(review.__file__).parent
    said = "".join(path.read_text(encoding="utf-8") for path in here.glob("*/*.toml"))
    names = tomllib.loads((here / "language" / "classes.toml").read_text(encoding="utf-8"))
    assert [name for name in names if f"{{{name}}}" not in said] == []


def test_every_category_has_a_chinese_name() -> None:
    assert {rule.category for rule in RULES} == category_names().keys()


def test_only_the_four_codes_are_violations() -> None:
    """What is told in its own category is a question, so that counts of violations stay right."""
    codes = {"promise_return", "exaggeration", "missing_risk", "absolute_terms"}
    assert {rule.verdict == "violation" for rule in RULES if rule.category in codes} == {True}
    assert {rule.verdict == "violation" for rule in RULES if rule.category not in codes} == {False}


def test_laws_and_contexts_are_all_used() -> None:
    assert {law for rule in RULES for law in rule.laws} == laws().keys()
    named = {name for rule in RULES for name in (*rule.needs, *rule.unless, *rule.lacks)}
    assert named == contexts().keys()


@pytest.mark.parametrize("word", ["低风险", "低门槛", "秒到账", "高收益", "低利率", "无成本"])
def test_the_six_words_of_the_measures_count_from_their_first_day(word: str) -> None:
    text = f"消费贷{word}，年化利率（单利）4%起，请理性借贷，投资须谨慎"
    before, after = (Reviewer(dt.date(2026, 9, day), RULES) for day in (29, 30))
    assert "exaggeration.six_words" not in {f.rule_id for f in before.review(text)}
    (finding,) = after.review(text)
    assert (finding.rule_id, finding.text) == ("exaggeration.six_words", word)
    assert finding.legal_basis == "《金融产品网络营销管理办法》（〔2026〕第9号）第十条第七项"


def test_a_finding_cites_the_law_of_its_day() -> None:
    old, new = (Reviewer(dt.date(year, 11, 26), RULES) for year in (2025, 2026))
    cited = [{f.legal_basis for f in r.review("这款理财保本")} for r in (old, new)]
    assert not any("2026" in basis for basis in cited[0])
    assert any("第9号" in basis for basis in cited[1])


def test_a_rule_holds_on_its_last_day_and_not_after() -> None:
    rule = BY_ID["promise_return.principal"].model_copy(
        update={"effective_to": dt.date(2026, 1, 31)}
    )
    assert [rule.in_force(dt.date(2026, month, day)) for month, day in ((1, 31), (2, 1))] == [
        True,
        False,
    ]


def test_the_version_stands_for_what_a_rule_says() -> None:
    rule = BY_ID["promise_return.principal"]
    assert rule.version == rule.model_copy().version
    assert rule.version != rule.model_copy(update={"patterns": ("保本",)}).version


RULE = """
category = "house"
name = "本行规定"
[[rules]]
id = "house.gift"
title = "礼品"
laws = ["ad_law_28"]
effective_from = 2026-01-01
severity = 1
verdict = "advice"
patterns = ['礼品卡']
reason = "本行不送礼品卡。"
suggestion = "改为积分。"
match = ["送礼品卡"]
no_match = ["送积分"]
"""


def test_a_bank_adds_rules_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(RULE, encoding="utf-8")
    found = Reviewer(DAY, read_rules(tmp_path)).review("到网点送礼品卡")
    assert [(f.rule_id, f.verdict) for f in found] == [("house.gift", "advice")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("severity = 1", "severity = 9", "severity"),
        ("'礼品卡'", "'礼品卡('", "no regular expression"),
        ("'礼品卡'", "'(?i)礼品卡'", "in a pattern is not read"),
        ("'礼品卡'", "'(?P<card>礼品卡)'", "in a pattern is not read"),
        ('laws = ["ad_law_28"]', 'laws = ["ad_law_99"]', "ad_law_99"),
        ('id = "house.gift"', 'id = "gift.house"', "begins with house."),
        ('id = "house.gift"', 'id = "missing_risk.offer"', "begins with house."),
        ("severity = 1", "colour = 1", "colour"),
        ("礼品卡", "{nonsense}", "no word class"),
        ('match = ["送礼品卡"]', "match = []", "match"),
        ("2026-01-01", "2026-13-01", "cannot be read"),
        ("reason =", 'unless = ["nowhere"]\nreason =', "nowhere"),
    ],
)
def test_a_file_that_cannot_be_rules_is_named_with_its_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in RULE
    (tmp_path / "house.toml").write_text(RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said) as refused:
        read_rules(tmp_path)
    assert "house.toml" in str(refused.value)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(RULE, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"house\.gift is there twice"):
        read_rules(tmp_path)


def test_a_reviewer_of_many_days_says_of_each_what_its_own_would() -> None:
    ended = BY_ID["promise_return.principal"].model_copy(
        update={"effective_to": dt.date(2026, 1, 31)}
    )
    rules = [ended if rule.id == ended.id else rule for rule in RULES]
    reviewers = Reviewers(rules)
    texts = ["消费贷低门槛，投资须谨慎", "这款理财保本", "债券基金近一年收益12.6%"]
    days = [dt.date(2014, 1, 1) + dt.timedelta(days=n) for n in range(0, 4800, 41)]
    days += [dt.date(2026, 1, 31), dt.date(2026, 2, 1), dt.date(2026, 9, 29), dt.date(2026, 9, 30)]
    for day in days:
        own = Reviewer(day, rules)
        assert [reviewers.of(day).review(t) for t in texts] == [own.review(t) for t in texts]


def test_a_key_that_is_at_its_default_is_no_new_version() -> None:
    rule = BY_ID["promise_return.principal"]
    assert rule.version == rule.model_copy(update={"whole_text": False}).version
    assert rule.version != rule.model_copy(update={"whole_text": True}).version
