"""docs/dictionary.md is what the database says of itself."""

from pathlib import Path

from pipeline.analysts import dictionary
from pipeline.analysts.tables import tables
from pipeline.settings import Settings

DICTIONARY = Path(__file__).parents[2] / "docs" / "dictionary.md"


def test_the_dictionary_is_that_of_the_database(sample_run: Settings) -> None:
    said = "differs: run `make run`, then `funnel dictionary > docs/dictionary.md`"
    found = dictionary(sample_run.published_database)
    assert DICTIONARY.read_text(encoding="utf-8").strip() == found.strip(), said


def test_the_dictionary_names_every_column_with_its_note(sample_run: Settings) -> None:
    found = dictionary(sample_run.published_database)
    for table in tables(sample_run.published_database):
        assert f"\n## published.{table.name}\n\n{table.purpose}\n" in found
        for column in table.columns:
            assert column.note and f"| `{column.name}` | " in found
