"""The page says the same in both languages, and nothing Chinese is left in English but the data."""

import ast
import html
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

import duckdb
import pytest

from pipeline.report import language
from pipeline.report.charts import short
from pipeline.report.facts import load
from pipeline.report.language import english, say, speaking
from pipeline.report.page import render, render_index

REPORT = Path(language.__file__).parents[1]
TEMPLATES = sorted((REPORT / "templates").iterdir())
# What a reader of the page never sees: how a language writes, and what the command line says.
APART = {REPORT / "language", REPORT / "facts"}
MODULES = [path for path in sorted(REPORT.rglob("*.py")) if not APART & set(path.parents)]
CHINESE = re.compile("[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
SAID = re.compile(r'say\(\s*"([^"]*)"')
OWN_NAME = re.compile(r'<a [^>]*lang="zh-CN">[^<]*</a>')


def docstrings(tree: ast.AST) -> set[int]:
    """The nodes that are documentation."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    return {id(node.value) for node in nodes if isinstance(node.value, ast.Constant)}


def literals(path: Path) -> Iterator[str]:
    """Every Chinese string of a module that is no documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = docstrings(tree)
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
        if isinstance(value, str) and CHINESE.search(value):
            yield value


def said() -> set[str]:
    """Every sentence that modules and templates say."""
    modules = {sentence for path in MODULES for sentence in literals(path)}
    return modules | {one for path in TEMPLATES for one in SAID.findall(path.read_text("utf-8"))}


def names(sentence: str) -> set[str]:
    """The names in a sentence's braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def numbers(value: Any) -> Iterator[float]:
    """Every number within a value of JSON."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, (int, float)):
        yield value


def strings(value: Any) -> Iterator[str]:
    """Every string within a value of JSON."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


def figures(page: str) -> dict[str, Any]:
    """The figures embedded in a page."""
    return json.loads(re.search(r'id="figures"[^>]*>(.*?)</script>', page, re.S)[1])


def own_texts(path: Path) -> list[str]:
    """The data's own Chinese texts, the longest first; those told in two languages are the page's.

    As they stand, and as a chart shortens them.
    """
    found = set()
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name from information_schema.columns "
            "where table_schema = 'published' and data_type = 'VARCHAR'"
        ).fetchall()
        for table, column in columns:
            if column.endswith("_zh") and (table, f"{column[:-3]}_en") in columns:
                continue
            rows = connection.execute(f"select distinct {column} from published.{table}").fetchall()
            found |= {text for (text,) in rows if text and CHINESE.search(text)}
    found -= english().keys()  # a bank's own name for what the page has a word for
    return sorted(found | {html.unescape(short(text)) for text in found}, key=len, reverse=True)


def without(text: str, own: list[str]) -> str:
    """A text without the data's own words, and without the other language's name of itself."""
    left = html.unescape(html.unescape(OWN_NAME.sub("", text)))
    for one in own:
        left = left.replace(one, "")
    return left


def lines_with_chinese(text: str) -> list[str]:
    """The lines that hold a Chinese character."""
    return [line.strip() for line in text.splitlines() if CHINESE.search(line)]


@pytest.fixture(scope="module")
def own(home):
    return own_texts(home / "funnel.duckdb")


@pytest.fixture(scope="module")
def weeks(home, facts):
    """The report week, a quiet one, an earlier one and the first of all."""
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        earlier, first = load(connection, "2026-W45"), load(connection, "2026-W34")
    quiet = replace(facts, alerts=[], waiting=[], ambiguous=[], sources=[], steps=[], months=[])
    bare = replace(quiet, consent=None, stages=[], posts=[], card_products=[], cohorts=[])
    return [facts, quiet, bare, earlier, first]


def test_no_formatted_string_is_chinese():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                assert not CHINESE.search(ast.unparse(node)), (path.name, node.lineno)


def test_a_template_holds_no_chinese_but_what_it_says():
    for path in TEMPLATES:
        left = SAID.sub("", path.read_text(encoding="utf-8"))
        assert lines_with_chinese(left) == [], path.name


def test_every_sentence_has_its_english_one():
    assert said() - english().keys() == set()


def test_every_english_sentence_is_used():
    assert english().keys() - said() == set()


def test_no_sentence_stands_in_two_lists():
    lists = sorted((REPORT / "language" / "en").glob("*.toml"))
    found = Counter(key for path in lists for key in tomllib.loads(path.read_text("utf-8")))
    assert [key for key, times in found.items() if times > 1] == []


def test_both_languages_name_the_same_values():
    for chinese, told in english().items():
        many = told if isinstance(told, str) else told["other"]
        assert names(many) == names(chinese), chinese
        if isinstance(told, dict):
            assert told.keys() == {"one", "other"} and "n" in names(chinese), chinese
            assert names(chinese) - {"n"} <= names(told["one"]) <= names(chinese), chinese


def test_no_english_sentence_is_chinese():
    assert [one for one in strings(list(english().values())) if CHINESE.search(one)] == []


def test_one_and_many_are_told_apart():
    with speaking("en"):
        assert say("{n} 个账号", n=1) == "One account"
        assert say("{n} 个账号", n="1,204") == "1,204 accounts"
    assert say("{n} 个账号", n=1) == "1 个账号"


def test_the_english_page_is_english_but_for_the_data(weeks, own):
    for facts in weeks:
        page = render(facts, "en")
        embedded = "\n".join(strings(figures(page)))
        outside = re.sub(r'(id="figures"[^>]*>).*?</script>', r"\1</script>", page, flags=re.S)
        assert lines_with_chinese(without(outside, own)) == []
        assert lines_with_chinese(without(embedded, own)) == []


def test_the_chinese_page_is_left_chinese_by_an_english_one(facts):
    before = render(facts)
    render(facts, "en")
    assert render(facts) == before


def test_the_english_index_is_english_but_for_the_data(tmp_path, facts, own):
    (tmp_path / "2026-W46.html").write_text(render(facts), encoding="utf-8")
    (tmp_path / "2026-W46.en.html").write_text(render(facts, "en"), encoding="utf-8")
    index = render_index(tmp_path, facts.run.bank_name, "en")
    assert lines_with_chinese(without(index, own)) == []


def test_both_languages_show_the_same_numbers(weeks):
    for facts in weeks:
        chinese, english_page = render(facts), render(facts, "en")
        for pattern in (r'<data value="([^"]*)"', r'data-sort="(−?[\d.]*)"'):
            found = re.findall(pattern, chinese)
            assert found == re.findall(pattern, english_page)
            assert len(found) > 5
        drawn = figures(chinese), figures(english_page)
        assert drawn[0].keys() == drawn[1].keys()
        for one, other in zip(*(figure.values() for figure in drawn), strict=True):
            assert list(numbers(one["data"])) == list(numbers(other["data"]))
