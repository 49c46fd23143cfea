"""The copy that rules read, and the way back to the original."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.review.copy import copy_of

# written -> read, the disguise in the original that the word stands for
DISGUISES = [
    ("ｔ０理财，１００％兑付", "100%", "１００％"),
    ("保\u200b本", "保本", "保\u200b本"),
    ("保證收益", "保证收益", "保證收益"),
    ("稳 赚 不 赔", "稳赚不赔", "稳 赚 不 赔"),
    ("稳💰不赔", "稳赚不赔", "稳💰不赔"),
    ("保💯本的产品", "保本", "保💯本"),
    ("🈚️风险", "无风险", "🈚️风险"),
    ("bao本bao息", "保本保息", "bao本bao息"),
    ("b a o 本 理 财", "保本理财", "b a o 本 理 财"),
    ("稳zuan", "稳赚", "稳zuan"),
    ("零feng险", "零风险", "零feng险"),
    ("包本包息", "保本保息", "包本包息"),
    ("高手益产品", "高收益", "高手益"),
    ("想要保-本又", "保本", "保-本"),
    ("亻呆本", "保本", "亻呆本"),
    ("蕞强卡", "最强", "蕞强"),
    ("第❶，年费", "第一", "第❶"),
    ("保夲不亏", "保本", "保夲"),
    ("躺💰", "躺赚", "躺💰"),
    ("财富zi由", "财富自由", "财富zi由"),
    ("🈚️亏损", "无亏损", "🈚️亏损"),
    ("tang着zhuan", "躺着赚", "tang着zhuan"),
    ("B本B息", "保本保息", "B本B息"),
]


@pytest.mark.parametrize(("original", "word", "disguise"), DISGUISES)
def test_a_word_in_disguise_is_read_and_found_again(
    original: str, word: str, disguise: str
) -> None:
    copy = copy_of(original)
    at = copy.text.index(word)
    start, end = copy.original(at, at + len(word))
    assert original[start:end] == disguise


@pytest.mark.parametrize(
    "plain",
    [
        "确保 本周完成",
        "国家机关",
        "风格保守一点",
        "app体验 good banner",
        "投保/本人身份证",
        "无 风也热",
        "与其收益",
        "手艺高超",
        "r2,业绩比较基准2.5%-2.9%",
    ],
)
def test_words_that_only_look_alike_are_left_as_they_are(plain: str) -> None:
    assert copy_of(plain).text == plain


@example("a.稳💰aa")  # a word in disguise begins among characters pulled apart
@given(
    st.text(alphabet="保本包赚稳赔 💰💯\u200b*-.,，。abo证證最蕞第①一零风险\ufe0f\n", max_size=40)
)
def test_every_character_has_its_place_in_order(original: str) -> None:
    copy = copy_of(original)
    spans = [copy.original(at, at + 1) for at in range(len(copy.text))]
    assert all(0 <= start < end <= len(original) for start, end in spans)
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] or before == after for before, after in pairwise(spans))


@given(st.text(max_size=60))
def test_any_text_can_be_read(original: str) -> None:
    copy = copy_of(original)
    assert copy_of(original) == copy


def test_only_letters_lose_their_accents() -> None:
    """`≠` is two characters to Unicode too, and without its stroke it says the opposite."""
    assert copy_of("zuì稳≠保本").text == "最稳≠保本"
