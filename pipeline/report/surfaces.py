"""Write the weekly page and what was asked for beside it: each surface says the same numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.databases import opened
from pipeline.report import library, page
from pipeline.report.facts import Facts, load
from pipeline.report.facts_file import as_json
from pipeline.report.library import Library
from pipeline.report.view import Briefing
from pipeline.settings import Settings


@dataclass(frozen=True)
class Wanted:
    """What is written beside the page.

    standalone: the page with plotly.js in it, one file.
    """

    standalone: bool = False

    @property
    def names(self) -> list[str]:
        """Give what is wanted, as the audit trail calls it."""
        return [field.name for field in fields(self) if getattr(self, field.name)]

    @property
    def one_file(self) -> bool:
        """Whether something wanted holds plotly.js itself."""
        return self.standalone


PAGE_ALONE = Wanted()


def write(settings: Settings, week: str | None = None, wanted: Wanted = PAGE_ALONE) -> list[Path]:
    """Write the page of `week` (an ISO week; the report week when None) and what belongs to it.

    Reads only the published database; the same database gives the same bytes. Returns the files
    written: the page, the index, plotly.js, the facts as JSON, then what was `wanted`. Raises
    InputError when there is no database, or it knows no such week.
    """
    with opened(settings.published_database) as connection:
        facts = load(connection, week)
    told = page.briefing(facts)
    plotly = library.plotly_js()
    folder = settings.reports
    made = [
        _write(folder / f"{facts.week.name}.html", page.render(facts, told).encode()),
        _write(folder / "index.html", page.render_index(folder, facts.run.bank_name).encode()),
        _write(folder / "assets" / library.file_name(), plotly.script),
    ]
    facts_file = _write(made[0].with_suffix(".json"), as_json(facts, told).encode())
    return [*made, facts_file, *_others(made[0], facts, told, plotly, wanted)]


def _others(
    shown: Path, facts: Facts, told: Briefing, plotly: Library, wanted: Wanted
) -> Iterator[Path]:
    if wanted.standalone:
        one_file = page.render(facts, told, plotly.script.decode())
        yield _write(shown.with_suffix(".standalone.html"), one_file.encode())


def _write(path: Path, content: bytes) -> Path:
    """Write beside and rename, so that a reader never sees half a page; leave alone what stands."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes(content)
        draft.replace(path)
    return path
