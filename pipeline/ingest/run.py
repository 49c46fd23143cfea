"""One run over the inbox: each file is read, landed once, or reported with what is wrong."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ingest.accepted import accepted
from pipeline.ingest.catalogue import sources
from pipeline.ingest.container import Container, FileRefused
from pipeline.ingest.database import read_databases
from pipeline.ingest.digest import Digest, digest
from pipeline.ingest.history import History
from pipeline.ingest.hold import reason_to_hold
from pipeline.ingest.inbox import Register, export_time, waiting
from pipeline.ingest.land import Delivery, land, remove_orphans, remove_rows, write_schemas
from pipeline.ingest.ledger import Known, Ledger
from pipeline.ingest.mapping import mapping_id
from pipeline.ingest.opened import open_file
from pipeline.ingest.outcome import file_report, unknown_reason
from pipeline.ingest.quarantine import write_quarantine
from pipeline.ingest.recognise import Recognised
from pipeline.ingest.report import DATABASE, FileReport, IngestReport, Progress
from pipeline.ingest.rest import refuse_changed, refuse_fresh
from pipeline.ingest.seen import SeenFiles
from pipeline.ingest.volume import Target, Unsuited, land_at_volume, layout
from pipeline.ingest.waiting import write_waiting
from pipeline.privacy.files import private_folder
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings


def run(
    settings: Settings,
    progress: Progress | None = None,
    *,
    replay: bool = False,
    only: Sequence[str] = (),
) -> IngestReport:
    """Land what is new in every database source, then every new file of the inbox.

    replay: read again the deliveries that have something in quarantine.
    only: names of database sources; nothing else is read, the inbox neither.
    Raises InputError where there is no inbox or no such source, ConfigurationError without a
    usable token key, with another than the lake was made with, or where a source is declared
    wrongly. What is wrong with a file or a database never stops the run; the report says it.
    """
    if unknown := sorted(set(only) - settings.sources.keys()):
        raise InputError(
            f"--source {', '.join(unknown)}: 没有声明 · not among [sources] of funnel.toml;"
            f" expected one of: {', '.join(settings.sources) or 'none is declared'}"
        )
    if only:
        return _Run(settings, progress, replay).only_databases(list(dict.fromkeys(only)))
    if not settings.inbox.is_dir():
        raise InputError(
            f"{settings.inbox}: no such inbox; expected a folder of deliveries\n"
            "  make it and put each account's exports in inbox/<account_id>/, or set inbox"
        )
    return _Run(settings, progress, replay).over(waiting(settings.inbox))


class _Run:
    def __init__(self, settings: Settings, progress: Progress | None, replay: bool) -> None:
        self.settings = settings
        self.progress = progress
        self.tokens = Tokens(settings.token_secret)
        self.ledger = Ledger(settings.lake)
        self.ledger.refuse_other_key(self.tokens.key_id)
        private_folder(settings.quarantine)
        remove_orphans(settings.lake, set(self.ledger.known))
        write_schemas(settings.lake, sources())
        self.again = {f.stem for f in settings.quarantine.glob("*.jsonl")} if replay else set()
        self.register: Register | None = None
        self.history = History(settings.lake, self.ledger)
        self.accepted = accepted(settings.accepted)
        self.present: set[str] = set()
        self.seen = SeenFiles(settings.seen_files, settings.stream_from_bytes)
        self.mapping_ids: dict[Path, str | None] = {}

    def only_databases(self, names: Sequence[str]) -> IngestReport:
        reports = self._databases(names)
        write_waiting(self.settings.lake, reports, but=[DATABASE + name for name in names])
        return IngestReport(reports)

    def over(self, files: list[Path]) -> IngestReport:
        # The register says whose a platform's file is, and may come from a database.
        reports = self._databases(list(self.settings.sources))
        progress = self.progress
        self.present = {path.relative_to(self.settings.inbox).as_posix() for path in files}
        for done, path in enumerate(files):
            source_file = path.relative_to(self.settings.inbox).as_posix()
            if progress:
                progress.describe(source_file)
            reports.append(self._file(path, source_file))
            if progress:
                progress.advance(done + 1, len(files))
        self.seen.keep()
        write_waiting(self.settings.lake, reports)
        return IngestReport(reports)

    def _databases(self, names: Sequence[str]) -> list[FileReport]:
        return read_databases(names, self.settings, self.tokens, self.ledger, self.progress)

    def _file(self, path: Path, source_file: str) -> FileReport:
        try:
            seen = path.stat()
            known_as = self.seen.delivery_id(path, seen)
        except OSError as error:
            problem = FileRefused(
                f"a file that cannot be opened ({error.strerror})",
                "a readable file",
                "check its permissions",
            )
            return _refused(source_file, "", problem)
        known = self.ledger.known.get(known_as)
        anew = known_as in self.again
        if known is not None and not anew and not self._reads_otherwise(known, source_file):
            return self._repeated(source_file, known_as, known)
        try:
            refuse_fresh(seen, self.settings.rest_seconds)
            if seen.st_size >= self.settings.stream_from_bytes:
                with suppress(Unsuited):
                    return self._land_at_volume(path, seen, source_file, known_as)
            container, recognised = open_file(
                path, self.settings.inbox, self.tokens.token, sources()
            )
            refuse_changed(path, seen)
            if not recognised.tables:
                self._withdraw(known_as)
                return _unknown(source_file, known_as, container)
            return self._land(seen.st_mtime, source_file, known_as, container, recognised)
        except FileRefused as problem:
            if known is None:
                return _refused(source_file, known_as, problem)
            report = self._repeated(source_file, known_as, known)
            report.warnings.append(f"could not be read anew, its rows stay as they are: {problem}")
            return report

    def _repeated(self, source_file: str, known_as: str, known: Known) -> FileReport:
        report = FileReport(source_file, "repeated", known_as, known.account_id)
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

    def _reads_otherwise(self, known: Known, source_file: str) -> bool:
        """Whether a landed file would land otherwise by now.

        Its mapping file was corrected, or it has another account: the register came late, or it
        moved. Of copies in several places only the one that landed is looked at.
        """
        if source_file != known.source_file and known.source_file in self.present:
            return False
        if self._mapping_id(source_file) != known.mapping_id:
            return True
        if known.account_id is None:
            return False
        return self._account_or_none(source_file) not in (None, known.account_id)

    def _mapping_id(self, source_file: str) -> str | None:
        folder = (self.settings.inbox / source_file).parent
        if folder not in self.mapping_ids:
            self.mapping_ids[folder] = mapping_id(folder, self.settings.inbox)
        return self.mapping_ids[folder]

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
        modified: float,
        source_file: str,
        known_as: str,
        container: Container,
        recognised: Recognised,
    ) -> FileReport:
        of_bank = all(found.source.of_bank for found in recognised.tables)
        account = None if of_bank else self._register().account_of(source_file)
        digested = digest(recognised.tables, self.tokens.token)
        limit = self.settings.parameters.refused_share_limit
        report = file_report(
            source_file, known_as, account, recognised, digested.counts, digested.refusals, limit
        )
        if report.outcome == "refused":
            self._withdraw(known_as)
            self._quarantine(known_as, source_file, digested)
            return report
        report.warnings.extend(container.notes)
        stamp = export_time(source_file, container.created, modified)
        key_id, mapped_by = self._key_id(recognised), self._mapping_id(source_file)
        delivery = Delivery(known_as, source_file, account, *stamp, key_id, mapped_by)
        if not self._is_held(delivery, digested, report):
            self._commit(delivery, digested)
            self._after(report, digested)
        return report

    def _key_id(self, recognised: Recognised) -> str | None:
        person_level = any(found.source.identities for found in recognised.tables)
        return self.tokens.key_id if person_level else None

    def _land_at_volume(
        self, path: Path, seen: os.stat_result, source_file: str, known_as: str
    ) -> FileReport:
        """Land a large file of the bank in blocks; Unsuited where it has to be read whole."""
        laid = layout(path, self.settings.inbox, sources())
        stamp = export_time(source_file, None, seen.st_mtime)
        key_id, mapped_by = self._key_id(laid.recognised), self._mapping_id(source_file)
        delivery = Delivery(known_as, source_file, None, *stamp, key_id, mapped_by)
        limit = self.settings.parameters.refused_share_limit
        target = Target(
            self.settings.lake,
            self.settings.quarantine,
            delivery,
            seen,
            known_as in self.ledger.known,
            limit,
        )
        landed = land_at_volume(laid, target, self.tokens, self.progress)
        counts = [landed.counts(laid.found.source.name)]
        report = file_report(
            source_file, known_as, None, laid.recognised, counts, landed.refusals, limit
        )
        self._forget(known_as)
        if report.outcome == "landed":
            self.ledger.rows.extend(landed.ledger_rows)
            self.ledger.known[known_as] = Known(source_file, None, mapped_by)
        return report

    def _is_held(self, delivery: Delivery, digested: Digest, report: FileReport) -> bool:
        if delivery.delivery_id in self.accepted | self.ledger.known.keys():
            return False
        reason = reason_to_hold(delivery, digested.datasets, self.history, self.settings.parameters)
        if reason is None:
            return False
        report.outcome = "held"
        report.reasons.append(reason)
        return True

    def _commit(self, delivery: Delivery, digested: Digest) -> None:
        """Land a delivery, or land it again in another way; the ledger is written last."""
        lake, known_as = self.settings.lake, delivery.delivery_id
        self._withdraw(known_as)
        self._quarantine(known_as, delivery.source_file, digested)
        rows = land(lake, delivery, digested.datasets)
        self.ledger.known[known_as] = Known(
            delivery.source_file, delivery.account_id, delivery.mapping_id
        )
        for dataset, row in zip(digested.datasets, rows, strict=True):
            self.history.add(dataset.source, row, dataset.table)

    def _withdraw(self, known_as: str) -> None:
        """Take a landed delivery out of the lake, before it lands otherwise or not at all."""
        if self._forget(known_as):
            remove_rows(self.settings.lake, known_as)
            write_quarantine(self.settings.quarantine, known_as, "", ())

    def _forget(self, known_as: str) -> bool:
        """Leave a delivery out of what has landed; say whether it had."""
        if self.ledger.known.pop(known_as, None) is None:
            return False
        self.history.forget(known_as)
        return True

    def _quarantine(self, known_as: str, source_file: str, digested: Digest) -> None:
        write_quarantine(self.settings.quarantine, known_as, source_file, digested.refusals)

    def _after(self, report: FileReport, digested: Digest) -> None:
        if any(dataset.source.name == "bank_accounts" for dataset in digested.datasets):
            self.register = None
        if report.account_id is not None and not self._register().knows(report.account_id):
            report.warnings.append(
                f"account {report.account_id} is not in the bank's register: its numbers stand "
                "apart as unregistered until it is"
            )


def _refused(source_file: str, known_as: str, problem: FileRefused) -> FileReport:
    return FileReport(source_file, "refused", known_as, reasons=[str(problem)])


def _unknown(source_file: str, known_as: str, container: Container) -> FileReport:
    return FileReport(source_file, "unknown", known_as, reasons=[unknown_reason(container)])
