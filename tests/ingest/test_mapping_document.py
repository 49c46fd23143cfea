"""docs/MAPPING.md shows what happens: its example is delivered and lands as it says."""

import re
from pathlib import Path

from pipeline import ingest
from pipeline.ingest.bank.event_logs import PRODUCTS
from pipeline.ingest.mapping import SHAPES
from pipeline.ingest.platforms.mapped import PLATFORMS, UNITS
from tests.drawing import drawn
from tests.ingest.conftest import Workspace

DOCUMENT = Path(__file__).parents[2] / "docs" / "MAPPING.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")


def block(kind: str) -> str:
    return re.findall(rf"```{kind}\n(.*?)```", TEXT, flags=re.DOTALL)[0]


def test_the_example_lands_as_the_document_says(workspace: Workspace) -> None:
    table = workspace.deliver("weibo-hq/2026-11-09/博文.csv", block("csv").encode())
    before = ingest.inspect(table, workspace.settings)
    assert "fits no declared source" in before.reasons[0]
    assert 'platform = ""' in (before.mapping_proposal or "")
    workspace.deliver("weibo-hq/mapping.toml", block("toml").encode())
    assert ingest.inspect(table, workspace.settings).datasets[0]["rows"] == 2
    report = workspace.run().files[0]
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    dataset, _, drawing = block("text").partition("\n")
    names, rows = drawn(drawing)
    found = workspace.rows(dataset, ", ".join(f"cast({name} as varchar)" for name in names))
    assert [[str(v).removesuffix(":00") for v in row] for row in found] == rows


def test_the_document_names_every_platform_and_unit() -> None:
    words = set(re.findall(r"\w+", TEXT))
    assert {*PLATFORMS, *PRODUCTS, *(word for units in UNITS for word in units)} <= words
    assert {shape.name.removeprefix(shape.platform + "_") for shape in SHAPES.values()} <= words


def test_every_file_it_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (DOCUMENT.parent / target).exists(), target
