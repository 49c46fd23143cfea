"""The texts of another place than the bank, beside all else that the facts hold."""

from dataclasses import replace
from pathlib import Path

from pipeline.databases import opened
from pipeline.report.facts import Facts
from pipeline.report.facts.reader import Reader
from pipeline.report.facts.texts import load_texts
from pipeline.report.place import Place


def seen_from(place: Place, facts: Facts, home: Path) -> Facts:
    """The facts with the texts, the name and the parts of `place`."""
    with opened(home / "funnel.duckdb") as connection:
        read = Reader(connection, place, facts.week)
        return replace(facts, place=place, parts=read.parts(), texts=load_texts(read))
