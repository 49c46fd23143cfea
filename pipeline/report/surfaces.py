"""Write the weekly page and what was asked for beside it: each surface says the same numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.databases import opened
from pipeline.report import library, page
from pipeline.report.facts import Facts, load
from pipeline.report.facts_file import as_json
from pipeline.report.language import LOCALES, Language, locale, speaking
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


def write(
    settings: Settings,
    week: str | None = None,
    languages: Sequence[Language] = ("zh", "en"),
    wanted: Wanted = PAGE_ALONE,
) -> list[Path]:
    """Write the pages of `week` (an ISO week; the report week when None) and what goes with them.

    Reads only the published database; the same database gives the same bytes. Returns the files
    written: the pages, the index in each language, plotly.js, then for each page its facts as JSON
    and what was `wanted`. Raises InputError when there is no database, or it knows no such week.
    """
    with opened(settings.published_database) as connection:
        facts = load(connection, week)
    folder, plotly = settings.reports, library.plotly_js()
    shared = _write(folder / "assets" / library.file_name(), plotly.script)
    pages: list[Path] = []
    beside: list[Path] = []
    for language in languages:
        with speaking(language):
            told = page.briefing(facts)
            html = page.render_briefing(facts, told)
            pages.append(_write(folder / f"{facts.week.name}{locale().file}", html.encode()))
            beside += _beside(pages[-1], facts, told, plotly, wanted)
    indexes = [_write_index(folder, facts.run.bank_name, language) for language in LOCALES]
    return [*pages, *indexes, shared, *beside]


def _beside(
    shown: Path, facts: Facts, told: Briefing, plotly: Library, wanted: Wanted
) -> Iterator[Path]:
    yield _write(shown.with_suffix(".json"), as_json(facts, told).encode())
    if wanted.standalone:
        one_file = page.render_briefing(facts, told, plotly.script.decode())
        yield _write(shown.with_suffix(".standalone.html"), one_file.encode())


def _write_index(folder: Path, bank_name: str, language: Language) -> Path:
    html = page.render_index(folder, bank_name, language)
    return _write(folder / f"index{LOCALES[language].file}", html.encode())


def _write(path: Path, content: bytes) -> Path:
    """Write beside and rename, so that a reader never sees half a page; leave alone what stands."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes(content)
        draft.replace(path)
    return path
