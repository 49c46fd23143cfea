"""Every example and the notebook of docs/ANALYSTS.md runs over the sample."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.query import rows
from pipeline.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = sorted((DOCS / "sql").glob("*.sql"))
PERSONAL = "库：analysis"


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_answers_its_question(sample_run: Settings, file: Path) -> None:
    query = file.read_text(encoding="utf-8")
    if PERSONAL in query:
        found = rows(sample_run.analysis_database, query, sample_run.parts)
        assert "customer_token" not in found[0]
    else:
        found = rows(sample_run.published_database, query)
    assert found
    assert any(isinstance(value, int | float) for row in found for value in row.values())


def test_the_document_lists_every_example() -> None:
    text = (DOCS / "ANALYSTS.md").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"\(sql/(\w+)\.sql\)", text))) == [file.stem for file in EXAMPLES]


def test_the_notebook_runs_without_a_browser(sample_run: Settings) -> None:
    done = subprocess.run(
        [sys.executable, str(DOCS / "notebooks" / "week.py")],
        env=os.environ | {"FUNNEL_HOME": str(sample_run.home)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
