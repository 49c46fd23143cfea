"""One run over the inbox: each file is read, landed once, or reported with what is wrong."""

import hashlib
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ingest.catalogue import sources
from pipeline.ingest.container import Container, FileRefused
from pipeline.ingest.digest import Digest, digest
from pipeline.ingest.files import private_folder
from pipeline.ingest.inbox import Register, export_time, waiting
from pipeline.ingest.land import Delivery, land, remove_orphans, write_schemas
from pipeline.ingest.ledger import Known, Ledger
from pipeline.ingest.quarantine import word, write_quarantine
from pipeline.ingest.read import read
from pipeline.ingest.recognise import Recognised, recognise
from pipeline.ingest.report import DatasetCounts, FileReport, IngestReport, Progress
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings

SHOWN_REFUSALS = 3


def run(
    settings: Settings, progress: Progress | None = None, *, replay: bool = False
) -> IngestReport:
    """Land every new file of the inbox.

    replay: read again the deliveries that have something in quarantine.
    Raises InputError where there is no inbox, ConfigurationError without a usable token key, or
    with another than the lake was made with. What is wrong with a file never stops the run; the
    report says it.
    """
    if not settings.inbox.is_dir():
        raise InputError(
            f"{settings.inbox}: no such folder; expected the inbox\n"
            "  make it and put each account's exports in inbox/<account_id>/, or set inbox"
        )
    return _Run(settings, replay).over(waiting(settings.inbox), progress)


class _Run:
    def __init__(self, settings: Settings, replay: bool) -> None:
        self.settings = settings
        self.tokens = Tokens(settings.token_secret)
        self.ledger = Ledger(settings.lake)
        self.ledger.refuse_other_key(self.tokens.key_id)
        private_folder(settings.quarantine)
        remove_orphans(settings.lake, set(self.ledger.known))
        write_schemas(settings.lake, sources())
        self.again = {f.stem for f in settings.quarantine.glob("*.jsonl")} if replay else set()
        self.register: Register | None = None

    def over(self, files: list[Path], progress: Progress | None) -> IngestReport:
        reports = []
        for done, path in enumerate(files):
            source_file = path.relative_to(self.settings.inbox).as_posix()
            if progress:
                progress.describe(source_file)
            reports.append(self._file(path, source_file))
            if progress:
                progress.advance(done + 1, len(files))
        return IngestReport(reports)

    def _file(self, path: Path, source_file: str) -> FileReport:
        try:
            with path.open("rb") as file:
                delivery_id = hashlib.file_digest(file, "sha256").hexdigest()[:16]
        except OSError as error:
            return _refused(source_file, "", FileRefused(str(error), "a readable file", "check it"))
        known = self.ledger.known.get(delivery_id)
        if known is not None and delivery_id not in self.again:
            return self._repeated(path, source_file, delivery_id, known)
        try:
            container = read(path)
            recognised = recognise(container, sources())
            if not recognised.tables:
                return _unknown(source_file, delivery_id, container)
            return self._land(path, source_file, delivery_id, container, recognised)
        except FileRefused as problem:
            return _refused(source_file, delivery_id, problem)

    def _repeated(self, path: Path, source_file: str, delivery_id: str, known: Known) -> FileReport:
        report = FileReport(source_file, "repeated", delivery_id, known.account_id)
        if source_file == known.source_file:
            return report
        report.reasons.append(f"the same bytes as {known.source_file}")
        if known.account_id is not None:
            account = self._account_or_none(source_file)
            if account != known.account_id:
                report.warnings.append(
                    f"lies under account {account or 'none'}, but these bytes were landed for "
                    f"{known.account_id}: one of the two was exported from the wrong account"
                )
        return report

    def _account_or_none(self, source_file: str) -> str | None:
        try:
            return self._register().account_of(source_file)
        except FileRefused:
            return None

    def _register(self) -> Register:
        if self.register is None:
            self.register = Register(self.settings.lake)
        return self.register

    def _land(
        self,
        path: Path,
        source_file: str,
        delivery_id: str,
        container: Container,
        recognised: Recognised,
    ) -> FileReport:
        of_bank = all(found.source.of_bank for found in recognised.tables)
        account = None if of_bank else self._register().account_of(source_file)
        digested = digest(recognised.tables, self.tokens.token)
        report = _report(source_file, delivery_id, account, recognised, digested)
        write_quarantine(self.settings.quarantine, delivery_id, source_file, digested.refusals)
        if self._too_many_refused(digested, report):
            return report
        person_level = any(found.source.identities for found in recognised.tables)
        exported_at, exported_from = export_time(
            source_file, container.created, path.stat().st_mtime
        )
        delivery = Delivery(
            delivery_id,
            source_file,
            account,
            exported_at,
            exported_from,
            self.tokens.key_id if person_level else None,
        )
        land(self.settings.lake, delivery, digested.datasets)
        self.ledger.known[delivery_id] = Known(source_file, account)
        self._after(report, digested)
        return report

    def _too_many_refused(self, digested: Digest, report: FileReport) -> bool:
        limit = self.settings.parameters.refused_share_limit
        if digested.refused_share <= limit:
            return False
        report.outcome = "refused"
        report.reasons.append(
            f"{digested.refused_share:.0%} of its rows are refused; expected at most {limit:.0%}: "
            "nothing of it landed; correct the export and deliver it again"
        )
        report.datasets = [
            DatasetCounts(c.dataset, c.delivered, 0, 0, c.delivered) for c in report.datasets
        ]
        return True

    def _after(self, report: FileReport, digested: Digest) -> None:
        if any(dataset.source.name == "bank_accounts" for dataset in digested.datasets):
            self.register = None
        if report.account_id is not None and not self._register().knows(report.account_id):
            report.warnings.append(
                f"account {report.account_id} is not in the bank's register: its numbers stand "
                "apart as unregistered until it is"
            )


def _refused(source_file: str, delivery_id: str, problem: FileRefused) -> FileReport:
    return FileReport(source_file, "refused", delivery_id, reasons=[str(problem)])


def _unknown(source_file: str, delivery_id: str, container: Container) -> FileReport:
    return FileReport(source_file, "unknown", delivery_id, reasons=[unknown_reason(container)])


def unknown_reason(container: Container) -> str:
    """Say what an unrecognised file holds: its form and the first row with text."""
    rows = (row for grid in container.grids for row in grid.rows[:6])
    first = next((cells for row in rows if (cells := [c for c in row if c.strip()])), [])
    shown = " | ".join(cell.strip()[:20] for cell in first[:8])
    return (
        f"{container.form} that fits no declared source, beginning with: {shown or 'nothing'}; "
        "expected one of docs/SOURCES.md or docs/BANK_FILES.md: remove it, or declare it in "
        "pipeline/ingest/platforms"
    )


def _report(
    source_file: str,
    delivery_id: str,
    account: str | None,
    recognised: Recognised,
    digested: Digest,
) -> FileReport:
    landed = {d.source.name: d.table.num_rows for d in digested.datasets}
    delivered = {d.source.name: d.delivered for d in digested.datasets}
    modules = {d.source.name: d.source.module for d in digested.datasets}
    report = FileReport(
        source_file,
        "landed",
        delivery_id,
        account,
        datasets=[
            DatasetCounts(d.source.name, d.delivered, d.table.num_rows, d.repeated, d.refused)
            for d in digested.datasets
        ],
        unknown_columns=recognised.unknown_columns,
        refusals=[
            word(r, source_file, landed[r.dataset], delivered[r.dataset], modules[r.dataset])
            for r in digested.refusals[:SHOWN_REFUSALS]
        ],
    )
    if recognised.unknown_columns:
        names = ", ".join(recognised.unknown_columns)
        report.warnings.append(f"columns that are not declared were not landed: {names}")
    for sheet in recognised.unknown_sheets:
        report.warnings.append(f"sheet {sheet} fits no declared source and was not landed")
    return report
