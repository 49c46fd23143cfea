"""The steps of a night, each told to a reporter and noted in the run's record."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pipeline import ingest as ingestion
from pipeline import report as pages
from pipeline import warehouse
from pipeline.console import Reporter
from pipeline.ingest import erasure, rotation
from pipeline.ingest.bank.events import EVENT_TYPES
from pipeline.ingest.report import WAITING
from pipeline.periods import moment, today
from pipeline.privacy import trail
from pipeline.settings import Settings
from pipeline.warehouse.funnel_tables import definitions


def ingest(
    settings: Settings,
    record: dict[str, Any],
    reporter: Reporter,
    *,
    replay: bool = False,
    only: Sequence[str] = (),
) -> list[str]:
    """Land the databases and the inbox; give what waits.

    replay: what quarantine holds of the inbox, again. only: these database sources, nothing else.
    """
    rotation.apply(settings)
    with reporter.progress("收件") as progress:
        landed = ingestion.run(settings, progress, replay=replay, only=only)
    trail.record(settings, "ingest", tables=["lake"], rows=landed.rows.landed)
    for rule in (file.rule for file in landed.files if file.rule):
        trail.record(settings, "ingest", decision="refused", rule=rule)
    reporter.ingested(landed)
    waiting = [file.file for file in landed.files if file.outcome in WAITING]
    record["ingest"] = {
        "files": dict(sorted(landed.outcomes.items())),
        "rows": asdict(landed.rows),
        "waiting": [
            {"file": file.file, "reasons": file.reasons}
            for file in landed.files
            if file.file in waiting
        ],
        "unknown_columns": sum(len(file.unknown_columns) for file in landed.files),
        "warnings": [warning for file in landed.files for warning in file.warnings],
    }
    return waiting


def has_come(settings: Settings, reporter: Reporter) -> bool:
    """Say whether the run's day has come, and tell where it has not.

    Only then may it end the time of rows: a slip in `--as-of` would erase years that have to stay.
    """
    if settings.as_of <= today():
        return True
    reporter.line(f"{settings.as_of} 还没到，不按它删除 · a day yet to come erases nothing")
    return False


def retain(settings: Settings) -> None:
    """Order the erasure of rows of persons that are past their time, where there are any."""
    if before := erasure.expiring(settings):
        erasure.place(settings, "expired", before=before)


def let_go(settings: Settings) -> None:
    """Order the erasure of who took consent back some days ago, where the settings say how many."""
    if (days := settings.erase_withdrawn_after_days) is None:
        return
    if persons := erasure.withdrawn(settings, settings.as_of - dt.timedelta(days=days)):
        erasure.place(settings, "withdrawn", persons)


def build(
    settings: Settings, record: dict[str, Any], reporter: Reporter, *, full: bool = False
) -> None:
    """Build what changed (`full`: everything) and swap in the databases.

    What is to be erased by then goes from the lake first, and from all that was built last: an
    order to erase stays open until both are done. So does a rotation of keys. ConfigurationError
    names a funnel that cannot be counted, before anything is built.
    """
    definitions(settings, EVENT_TYPES)
    rotated = rotation.apply(settings)
    databases = warehouse.databases(settings)
    orders = erasure.apply(settings, lambda: warehouse.rows_of_tables(settings), databases)
    with reporter.progress("建模") as progress:
        built = warehouse.build(settings, progress.built, full=full)
    made = [table.name for table in built if table.made]
    trail.record(settings, "build", tables=made)
    if orders or rotated:
        warehouse.forget(settings)
    _close(settings, orders, record, reporter)
    if rotated:
        trail.record(settings, "rotate-keys", tables=["lake"], rule=f"key:{rotated.after[:4]}")
        rotation.close(settings)
        record["keys"] = {"before": rotated.before, "after": rotated.after}
        reporter.line(f"密钥已轮换：{rotated.before} → {rotated.after}")
    reporter.built(built)
    record["build"] = {
        "tables": {table.name: table.rows for table in built},
        "made": made,
    }


def build_for_outside(settings: Settings, record: dict[str, Any], reporter: Reporter) -> None:
    """Build the published database for outside the bank; nothing else is kept of it."""
    definitions(settings, EVENT_TYPES)
    with reporter.progress("建模") as progress:
        file = warehouse.build_for_outside(settings, progress.built)
    trail.record(settings, "build", tables=["published"], rule="audience:outside")
    reporter.line(f"对外 {file}")
    record["build"] = {"written": str(file)}


def _close(
    settings: Settings, orders: Sequence[erasure.Order], record: dict[str, Any], reporter: Reporter
) -> None:
    """Write down what was erased, and close the orders; nothing of before them is left by then."""
    tables, databases = warehouse.rows_of_tables(settings), warehouse.databases(settings)
    for order in orders:
        done = erasure.certify(settings, order, tables, databases, moment())
        trail.record(settings, "erase", tables=done.datasets, rows=done.rows, rule=order.asked)
        erasure.close(settings, order)
        reporter.erased(done)
        record.setdefault("erasures", []).append({"certificate": str(done.file), "rows": done.rows})


def report(
    settings: Settings,
    record: dict[str, Any],
    reporter: Reporter,
    week: str | None = None,
    lang: pages.Language | None = None,
    wanted: pages.Wanted = pages.PAGE_ALONE,
    *,
    month: str | None = None,
    for_outside: bool = False,
) -> None:
    """Write the pages of a week, the index and what else is wanted, for outside the bank or not.

    month: the page of this month instead.
    lang: only the page in this language; in both when None.
    """
    shown = warehouse.for_outside(settings) if for_outside else settings
    written = pages.write(
        shown, week, (lang,) if lang else tuple(pages.LOCALES), wanted, month=month
    )
    rule = "audience:outside" if for_outside else None
    for surface in ("report", *(f"report-{name}" for name in wanted.names)):
        trail.record(settings, surface, tables=["published"], rule=rule)
    reporter.wrote(written)
    if wanted.one_file and not pages.plotly_js().small:
        reporter.line(
            "  单文件内是完整版 plotly.js（4.8 MB）：安装时没有取到精简版，见 docs/REPORT.md"
        )
    record["report"] = {"written": [str(path) for path in written]}


def keep_head(settings: Settings, record: dict[str, Any], reporter: Reporter) -> None:
    """Keep the head of the audit trail in the run's record and where the run prints."""
    head = trail.head(settings)
    record["audit"] = {"lines": head.lines, "head": head.hash}
    reporter.line(f"审计 {head.lines:,} 行，链头 {head.hash}")
