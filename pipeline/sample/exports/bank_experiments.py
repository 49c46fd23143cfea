"""experiments.csv and assignments.parquet: what was tried, as planned, and on whom."""

from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.sample.exports.bank_files import bank_folder, customer_id
from pipeline.sample.people.experiments import plans
from pipeline.sample.timeline import Timeline
from pipeline.sample.writers.columnar import ParquetFile
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

PLAN_HEADER = (
    "experiment_id", "experiment_name", "variant", "is_control", "planned_share", "metric_event",
    "window_days", "starts_on", "ends_on", "look_rule",
)  # fmt: skip


def write_plans(inbox: Path, timeline: Timeline) -> None:
    """Write the plans; the first variant of each is its control."""
    rows: list[list[Cell]] = [
        [
            plan.experiment_id, plan.name, variant, "false" if number else "true", share,
            plan.metric_event, plan.window_days, plan.starts_on.isoformat(),
            plan.ends_on.isoformat() if plan.ends_on else None, plan.look_rule,
        ]
        for plan in plans(timeline)
        for number, (variant, share) in enumerate(plan.shares.items())
    ]  # fmt: skip
    path = bank_folder(inbox, timeline.end) / "experiments.csv"
    write_csv(path, PLAN_HEADER, rows, Dialect(BOM))


class AssignmentDelivery:
    """Who was given what, delivered once; portions of people are added to it."""

    def __init__(self, inbox: Path, timeline: Timeline) -> None:
        """Name the file of the last delivery."""
        self._file = ParquetFile(bank_folder(inbox, timeline.end) / "assignments.parquet")

    def append(self, given: pd.DataFrame, first_person: int) -> None:
        """Write a portion; persons are numbered from `first_person` in the bank."""
        person = [customer_id(first_person + int(number)) for number in given["person"]]
        self._file.append(
            pa.table(
                {
                    "experiment_id": pa.array(given["experiment_id"], pa.string()),
                    "customer_id": pa.array(person, pa.string()),
                    "variant": pa.array(given["variant"], pa.string()),
                    "assigned_at": pa.array(given["at"], pa.timestamp("s", "UTC")),
                }
            )
        )

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
