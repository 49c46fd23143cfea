"""The documents say what the declarations say."""

from pathlib import Path

import pytest

from pipeline import ingest
from pipeline.ingest.documents import DOCUMENTS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_committed_document_is_the_generated_one(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == DOCUMENTS[name](), "run: python -m pipeline.ingest.documents docs"


def test_every_source_says_where_it_comes_from_and_on_what_evidence() -> None:
    for source in ingest.sources():
        if not source.of_bank:
            assert source.where and source.container and source.quirks and source.evidence


def test_names_and_keys_of_declarations_are_columns_of_the_lake() -> None:
    names = [source.name for source in ingest.sources()]
    assert len(names) == len(set(names))
    for source in ingest.sources():
        columns = source.schema().names
        assert {*source.key, source.partition_by[0]} <= set(columns), source.name
        assert len(columns) == len(set(columns)), source.name
        assert Path(DOCS.parent / source.module).is_file()
