"""The goals, on a bank's labelled examples and on texts written for this test."""

import datetime as dt

import pytest

from pipeline.review import Reviewer, classify, judge
from tests.review.texts import CODES, f1, macro_f1, rows, text_of

DAY = dt.date(2026, 11, 26)
POSTS = {name: rows(name) for name in ("example_posts", "posts")}
COMMENTS = {name: rows(name) for name in ("example_comments", "comments")}


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    return Reviewer(DAY)


@pytest.fixture(scope="module")
def found(reviewer: Reviewer) -> dict[str, list[set[str]]]:
    """The codes found in each post."""
    return {
        name: [{f.category for f in reviewer.review(text_of(post))} & CODES for post in posts]
        for name, posts in POSTS.items()
    }


@pytest.mark.parametrize("name", POSTS)
def test_any_violation(name: str, found: dict[str, list[set[str]]]) -> None:
    pairs = zip(POSTS[name], found[name], strict=True)
    assert f1((bool(post["violations"]), bool(codes)) for post, codes in pairs) >= 0.85


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize(
    ("code", "goal"),
    [
        ("absolute_terms", 0.90),
        ("promise_return", 0.85),
        ("missing_risk", 0.85),
        ("exaggeration", 0.85),
    ],
)
def test_each_code(name: str, code: str, goal: float, found: dict[str, list[set[str]]]) -> None:
    pairs = zip(POSTS[name], found[name], strict=True)
    assert (
        f1((code in post["violations"].split(";"), code in codes) for post, codes in pairs) >= goal
    )


@pytest.mark.parametrize("name", POSTS)
def test_clean_texts_are_left_alone(name: str, found: dict[str, list[set[str]]]) -> None:
    pairs = zip(POSTS[name], found[name], strict=True)
    clean = [bool(codes) for post, codes in pairs if not post["violations"]]
    assert sum(clean) / len(clean) <= 0.12


@pytest.mark.parametrize("name", POSTS)
def test_evasions_are_caught(name: str, found: dict[str, list[set[str]]]) -> None:
    pairs = zip(POSTS[name], found[name], strict=True)
    evasions = [bool(codes) for post, codes in pairs if post["trick"].startswith("ev")]
    assert sum(evasions) / len(evasions) >= 0.75


def test_clean_texts_raise_no_questions_either(reviewer: Reviewer) -> None:
    """What is no violation is told apart by its own category; it too leaves clean texts alone."""
    clean = [post for posts in POSTS.values() for post in posts if not post["violations"]]
    asked = [post["title"] for post in clean if reviewer.review(text_of(post))]
    assert len(asked) / len(clean) <= 0.12, asked


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize(("label", "goal"), [("theme", 0.70), ("format", 0.85)])
def test_themes_and_forms(name: str, label: str, goal: float, reviewer: Reviewer) -> None:
    posts = [post for post in POSTS[name] if post[label]]
    found = classify(((post["title"], post["body"]) for post in posts), reviewer)
    got = [labels.theme if label == "theme" else labels.form for labels in found]
    wanted = [post[label] for post in posts]
    assert macro_f1(list(zip(wanted, got, strict=True))) >= goal


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("小满跑了一趟银行", "product_promo"),
        ("水獭存存的算盘", "ip"),
        ("世界杯之夜", "hot_event"),
        ("婆婆的麻将钱", "lifestyle"),
        ("留言抽十位", "welfare"),
    ],
)
def test_a_title_tells_the_theme_whatever_is_sold_below(
    title: str, theme: str, reviewer: Reviewer
) -> None:
    (labels,) = classify([(title, "「青禾」固收理财稳赚不赔，一万起购，手慢无。")], reviewer)
    assert labels.theme == theme


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("异地取钱收了我六块", 1),
        ("异地取钱扣了我六千块", 2),
        ("刷脸刷了五遍才认出我", 1),
        ("刷脸刷了五遍，钱被转走了", 3),
        ("要不是柜员多问了一句，钱就被骗走了", 0),
        ("外地卡可以参加不", 0),
    ],
)
def test_a_nuisance_is_a_complaint_and_no_more(said: str, severity: int) -> None:
    assert [opinion.severity for opinion in judge([said])] == [severity]


@pytest.mark.parametrize("name", COMMENTS)
def test_grave_comments_are_heard(name: str) -> None:
    comments = COMMENTS[name]
    heard = [opinion.severity >= 2 for opinion in judge(row["text"] for row in comments)]
    grave = [int(row["severity"]) >= 2 for row in comments]
    both = sum(a and b for a, b in zip(heard, grave, strict=True))
    assert both / sum(grave) >= 0.85
    assert both / sum(heard) >= 0.5


@pytest.mark.parametrize("name", COMMENTS)
def test_sentiment(name: str) -> None:
    comments = COMMENTS[name]
    got = [opinion.sentiment for opinion in judge(row["text"] for row in comments)]
    wanted = [row["sentiment"] for row in comments]
    assert macro_f1(list(zip(wanted, got, strict=True))) >= 0.85


def test_aspects_of_comments() -> None:
    comments = [row for row in COMMENTS["comments"] if row["aspects"]]
    got = [opinion.aspects for opinion in judge(row["text"] for row in comments)]
    pairs = zip(comments, got, strict=True)
    named = [one in aspects for row, aspects in pairs for one in row["aspects"].split(";")]
    assert sum(named) / len(named) >= 0.85
