"""Write the page of a week or a month and what was asked for beside it: all say the same."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.databases import opened
from pipeline.report import index, library, page
from pipeline.report.facts import Facts, load, load_period
from pipeline.report.facts_file import as_json
from pipeline.report.language import LOCALES, Language, locale, speaking
from pipeline.report.mail import as_mail
from pipeline.report.place import places
from pipeline.report.printed import Printer, printer
from pipeline.report.view import Briefing
from pipeline.report.workbook import as_workbook
from pipeline.settings import Settings


@dataclass(frozen=True)
class Wanted:
    """What is written beside the page.

    standalone: the page with plotly.js in it, one file. xlsx: its tables as a workbook. mail: a
    mail with the page attached. pdf, png: the page printed by a browser.
    """

    standalone: bool = False
    xlsx: bool = False
    pdf: bool = False
    png: bool = False
    mail: bool = False

    @property
    def names(self) -> list[str]:
        """Give what is wanted, as the audit trail calls it."""
        return [field.name for field in fields(self) if getattr(self, field.name)]

    @property
    def one_file(self) -> bool:
        """Whether something wanted holds plotly.js itself."""
        return self.standalone or self.mail

    @property
    def printed(self) -> bool:
        """Whether a browser is needed."""
        return self.pdf or self.png


PAGE_ALONE = Wanted()


def write(
    settings: Settings,
    week: str | None = None,
    languages: Sequence[Language] = ("zh", "en"),
    wanted: Wanted = PAGE_ALONE,
    *,
    month: str | None = None,
) -> list[Path]:
    """Write the pages of `week` (an ISO week; the report week when None) and what goes with them.

    month: such as `2026-10`, to write the page of a month instead; it has none of its parts.

    Reads only the published database; the same database gives the same bytes. Returns the files
    written: the pages, the index in each language, plotly.js, the pages of tiers, units and
    accounts, then for each page its facts as JSON and what was `wanted`. Raises InputError when
    there is no database, it knows no such week or month, or both are given, ConfigurationError when
    a browser is needed and there is none; then nothing is written.
    """
    with opened(settings.published_database) as connection:
        facts = load_period(connection, week, month)
        name = facts.period.name
        below = places(connection, name) if month is None else []
        parts = [load(connection, name, place) for place in below]
    with printer() if wanted.printed else nullcontext() as prints:
        return _written(facts, parts, settings, languages, wanted, prints)


def _written(
    facts: Facts,
    parts: Sequence[Facts],
    settings: Settings,
    languages: Sequence[Language],
    wanted: Wanted,
    prints: Printer | None,
) -> list[Path]:
    folder = settings.reports
    shared = _write(folder / "assets" / library.file_name(), library.plotly_js().script)
    pages: list[Path] = []
    below: list[Path] = []
    beside: list[Path] = []
    for language in languages:
        with speaking(language):
            told = page.briefing(facts)
            html = page.render_briefing(facts, told)
            pages.append(_write(folder / f"{facts.period.name}{locale().file}", html.encode()))
            beside += _beside(pages[-1], facts, told, settings, wanted, prints)
            below += _below(folder / facts.period.name, parts)
    indexes = [_write_index(folder, facts, language) for language in LOCALES]
    return [*pages, *indexes, shared, *below, *beside]


def _beside(
    shown: Path,
    facts: Facts,
    told: Briefing,
    settings: Settings,
    wanted: Wanted,
    prints: Printer | None,
) -> Iterator[Path]:
    yield _write(shown.with_suffix(".json"), as_json(facts, told).encode())
    if wanted.xlsx:
        yield _write(shown.with_suffix(".xlsx"), as_workbook(facts, told))
    if not wanted.one_file and prints is None:
        return
    plotly = library.plotly_js().script.decode()
    one_file = page.render_briefing(facts, told, plotly).encode()
    if wanted.standalone:
        yield _write(shown.with_suffix(".standalone.html"), one_file)
    if prints and wanted.pdf:
        yield _write(shown.with_suffix(".pdf"), prints.pdf(one_file, facts.run.as_of))
    if prints and wanted.png:
        yield _write(shown.with_suffix(".png"), prints.png(one_file))
    if wanted.mail:
        mail = as_mail(facts, told, settings.mail, shown.stem, one_file)
        yield _write(shown.with_suffix(".eml"), mail)


def _below(folder: Path, parts: Sequence[Facts]) -> Iterator[Path]:
    """Write a page for each place below the bank; those of places that are no more go."""
    pages = {folder / f"{facts.place.file}{locale().file}": facts for facts in parts}
    for path, facts in pages.items():
        yield _write(path, page.render_briefing(facts, page.briefing(facts)).encode())
    for old in folder.glob(f"*{locale().file}"):
        if old not in pages and old.name == old.name.partition(".")[0] + locale().file:
            old.unlink()


def _write_index(folder: Path, facts: Facts, language: Language) -> Path:
    html = index.render(folder, facts.run.bank_name, language, for_outside=facts.for_outside)
    return _write(folder / f"index{LOCALES[language].file}", html.encode())


def _write(path: Path, content: bytes) -> Path:
    """Write beside and rename, so that a reader never sees half a page; leave alone what stands."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes(content)
        draft.replace(path)
    return path
