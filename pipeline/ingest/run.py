"""One run over the inbox: each file is read, landed once, or reported with what is wrong."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ingest.belonging import Belonging
from pipeline.ingest.catalogue import sources
from pipeline.ingest.container import Container, FileRefused
from pipeline.ingest.database import read_databases
from pipeline.ingest.digest import Digest, digest
from pipeline.ingest.inbox import export_time, logs, source_name, waiting
from pipeline.ingest.land import Delivery
from pipeline.ingest.ledger import Known
from pipeline.ingest.opened import open_file
from pipeline.ingest.outcome import file_report, note_erased, unknown_reason
from pipeline.ingest.recognise import Recognised
from pipeline.ingest.report import DATABASE, FileReport, IngestReport, Progress
from pipeline.ingest.rest import refuse_changed, refuse_fresh
from pipeline.ingest.seen import SeenFiles
from pipeline.ingest.store import Store
from pipeline.ingest.vault import Remembering
from pipeline.ingest.volume import Layout, Target, Unsuited, layout, read_at_volume
from pipeline.ingest.volume.on_spark import Large, read_on_spark
from pipeline.ingest.volume.worker import Read
from pipeline.ingest.waiting import write_waiting
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings


def run(
    settings: Settings,
    progress: Progress | None = None,
    *,
    replay: bool = False,
    only: Sequence[str] = (),
) -> IngestReport:
    """Land what is new in every database source, in the review log, and in the inbox.

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
            f"{settings.inbox}：没有这个收件箱；应为放交付文件的文件夹 · no such inbox\n"
            "  请建好它，登记表等放进 bank/，各账号的导出放进 <账号>/，或用 --inbox 指明 · make it"
            " and put each account's exports in <account_id>/, or set inbox"
        )
    return _Run(settings, progress, replay).over(
        [*logs(settings.reviews), *waiting(settings.inbox)]
    )


class _Run:
    def __init__(self, settings: Settings, progress: Progress | None, replay: bool) -> None:
        self.settings = settings
        self.progress = progress
        # Event logs are read with this: what it makes marks of there are no ids, never remembered.
        self.tokens = Tokens(*settings.token_secrets)
        kind = Tokens if settings.vault_secret is None else Remembering
        self.persons = kind(*settings.token_secrets)
        self.store = Store(settings, self.persons)
        self.again = {f.stem for f in settings.quarantine.glob("*.jsonl")} if replay else set()
        self.belonging = Belonging(settings)
        self.seen = SeenFiles(settings.seen_files, settings.stream_from_bytes)
        self.ahead: dict[str, tuple[Large, Read]] = {}

    def only_databases(self, names: Sequence[str]) -> IngestReport:
        reports = self._databases(names)
        self.store.remember_returned()
        write_waiting(self.settings.lake, reports, but=[DATABASE + name for name in names])
        return IngestReport(reports)

    def over(self, files: list[Path]) -> IngestReport:
        # The register says whose a platform's file is, and may come from a database.
        reports = self._databases(list(self.settings.sources))
        progress = self.progress
        self.belonging.present = {self._name(path) for path in files}
        if self.settings.ingests_on_spark:
            self._read_ahead(files)
        for done, path in enumerate(files):
            source_file = self._name(path)
            if progress:
                progress.describe(source_file)
            reports.append(self._file(path, source_file))
            if progress:
                progress.advance(done + 1, len(files))
        self.seen.keep()
        self.store.remember_returned()
        write_waiting(self.settings.lake, reports)
        return IngestReport(reports)

    def _databases(self, names: Sequence[str]) -> list[FileReport]:
        return read_databases(names, self.settings, self.persons, self.store, self.progress)

    def _name(self, path: Path) -> str:
        return source_name(path, self.settings.inbox)

    def _read_ahead(self, files: list[Path]) -> None:
        """Let Spark read the large files there are; the run takes them up in its own order."""
        large: dict[str, Large] = {}
        for path in files:
            with suppress(OSError, FileRefused, Unsuited):
                seen = path.stat()
                if seen.st_size < self.settings.stream_from_bytes:
                    continue
                known_as, source_file = self.seen.delivery_id(path, seen), self._name(path)
                if known_as not in large and not self._stays(known_as, source_file):
                    refuse_fresh(seen, self.settings.rest_seconds)
                    laid = layout(path, self.settings.inbox, sources())
                    large[known_as] = self._large(path, seen, source_file, known_as, laid)
        if not large:
            return
        if self.progress:
            self.progress.describe(f"{self.settings.spark.master}：{len(large)} 份大文件")
        read = read_on_spark(list(large.values()), self.settings, self.store.door)
        named = {file.delivery.source_file: file for file in large.values()}
        self.ahead = {name: (named[name], came) for name, came in read.items()}

    def _look(self, path: Path, source_file: str) -> tuple[os.stat_result, str]:
        if source_file in self.ahead:
            file, _ = self.ahead[source_file]
            return file.seen, file.delivery.delivery_id
        seen = path.stat()
        return seen, self.seen.delivery_id(path, seen)

    def _stays(self, known_as: str, source_file: str) -> bool:
        """Whether a file has landed and stays as it did."""
        known = self.store.known(known_as)
        if known is None or known_as in self.again:
            return False
        return not self.belonging.has_changed(known, source_file)

    def _file(self, path: Path, source_file: str) -> FileReport:
        try:
            seen, known_as = self._look(path, source_file)
        except OSError as error:
            problem = FileRefused(
                f"a file that cannot be opened ({error.strerror})",
                "a readable file",
                "check its permissions",
            )
            return _refused(source_file, "", problem)
        self.store.begin()
        known = self.store.known(known_as)
        if known is not None and self._stays(known_as, source_file):
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
                self.store.withdraw(known_as)
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
            account = self.belonging.account_or_none(source_file)
            if account != known.account_id:
                report.warnings.append(
                    f"lies under account {account or 'none'}, but these bytes were landed for "
                    f"{known.account_id}: one of the two was exported from the wrong account"
                )
        return report

    def _land(
        self,
        modified: float,
        source_file: str,
        known_as: str,
        container: Container,
        recognised: Recognised,
    ) -> FileReport:
        of_bank = all(found.source.of_bank for found in recognised.tables)
        account = None if of_bank else self.belonging.account_of(source_file)
        digested = digest(recognised.tables, self.persons.token)
        limit = self.settings.parameters.refused_share_limit
        report = file_report(
            source_file, known_as, account, recognised, digested.counts, digested.refusals, limit
        )
        if report.outcome == "refused":
            self.store.withdraw(known_as)
            self.store.quarantine(known_as, source_file, digested)
            return report
        report.warnings.extend(container.notes)
        stamp = export_time(source_file, container.created, modified)
        key_id, mapped_by = self._key_id(recognised), self.belonging.mapping_id(source_file)
        delivery = Delivery(known_as, source_file, account, *stamp, key_id, mapped_by)
        if not self._is_held(delivery, digested, report):
            note_erased(report, self.store.land(delivery, digested))
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
        file, draft = self.ahead.get(source_file, (None, None))
        if isinstance(draft, Exception):
            raise draft
        if file is None or draft is None:
            file = self._large(path, seen, source_file, known_as, laid)
            target = Target(self.settings.lake, self.settings.quarantine, file.delivery)
            draft = read_at_volume(laid, target, self.persons, self.store.door, self.progress)
        limit = self.settings.parameters.refused_share_limit
        report = file_report(
            source_file, known_as, None, laid.recognised, [draft.counts], draft.refusals, limit
        )
        self.store.land_draft(file.delivery, draft, path, seen)
        note_erased(report, draft.erased)
        return report

    def _large(
        self, path: Path, seen: os.stat_result, source_file: str, known_as: str, laid: Layout
    ) -> Large:
        stamp = export_time(source_file, None, seen.st_mtime)
        key_id, mapped_by = self._key_id(laid.recognised), self.belonging.mapping_id(source_file)
        delivery = Delivery(known_as, source_file, None, *stamp, key_id, mapped_by)
        return Large(path, seen, delivery)

    def _is_held(self, delivery: Delivery, digested: Digest, report: FileReport) -> bool:
        reason = self.store.reason_to_hold(delivery, digested)
        if reason is None:
            return False
        report.outcome = "held"
        report.reasons.append(reason)
        return True

    def _after(self, report: FileReport, digested: Digest) -> None:
        if any(dataset.source.name == "bank_accounts" for dataset in digested.datasets):
            self.belonging.read_register_again()
        if report.account_id is not None and not self.belonging.knows(report.account_id):
            report.warnings.append(
                f"account {report.account_id} is not in the bank's register: its numbers stand "
                "apart as unregistered until it is"
            )


def _refused(source_file: str, known_as: str, problem: FileRefused) -> FileReport:
    return FileReport(source_file, "refused", known_as, reasons=[str(problem)], rule=problem.rule)


def _unknown(source_file: str, known_as: str, container: Container) -> FileReport:
    return FileReport(source_file, "unknown", known_as, reasons=[unknown_reason(container)])
