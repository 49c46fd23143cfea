"""What the bank tried on parts of its customers: the plan of each experiment, and who got what."""

from pipeline.ingest.bank.events import EVENT_TYPES
from pipeline.ingest.source import BANK, Column, Identity, Source
from pipeline.ingest.units import bank_code, count, fraction, local_date, one_of, truth, zoned_time

LOOK_RULES = ("fixed", "sequential")
_DAY = local_date("%Y-%m-%d", "%Y%m%d")

EXPERIMENTS = Source(
    name="bank_experiments",
    title="plans of experiments",
    platform=BANK,
    one_row_is="one variant of one experiment; what all variants share stands in each row, and the "
    "row of the control counts",
    key=("experiment_id", "variant"),
    columns=(
        Column("experiment_id", "experiment_id", bank_code, example="EXP-2026-07"),
        Column("experiment_name", "experiment_name", bank_code, example="开户页改版"),
        Column("variant", "variant", bank_code, example="new_page"),
        Column(
            "is_control",
            "is_control",
            truth,
            note="one variant of each experiment is what the others are compared with",
            example="false",
        ),
        Column(
            "planned_share",
            "planned_share",
            fraction,
            note="of the persons of the experiment, as planned before it began",
            example="0.5",
        ),
        Column(
            "metric_event",
            "metric_event",
            one_of(*EVENT_TYPES),
            note="the event of bank_events that is the success",
            example="account_opened",
        ),
        Column(
            "window_days",
            "window_days",
            count,
            optional=True,
            nullable=True,
            note="days from the assignment in which it has to happen; blank: funnel_window_days",
            example="14",
        ),
        Column("starts_on", "starts_on", _DAY, example="2026-09-07"),
        Column(
            "ends_on",
            "ends_on",
            _DAY,
            optional=True,
            nullable=True,
            note="last day of assignment; blank while it has none",
            example="2026-10-18",
        ),
        Column(
            "look_rule",
            "look_rule",
            one_of(*LOOK_RULES),
            note="fixed: read once, when everybody's window is over; sequential: may be read on "
            "any day and stopped by what is read",
            example="fixed",
        ),
    ),
    partition_by=("exported_at", "month"),
    missing=("", "\\N"),
)

ASSIGNMENTS = Source(
    name="bank_assignments",
    title="assignments to experiments",
    platform=BANK,
    one_row_is="one customer being given one variant; again for each time it was",
    key=("experiment_id", "customer_token", "variant", "assigned_at"),
    columns=(
        Column("experiment_id", "experiment_id", bank_code, example="EXP-2026-07"),
        Identity(),
        Column("variant", "variant", bank_code, note="as in bank_experiments", example="new_page"),
        Column(
            "assigned_at",
            "assigned_at",
            zoned_time,
            note="kept in UTC",
            example="2026-09-07T10:00:00+08:00",
        ),
    ),
    partition_by=("assigned_at", "month"),
    missing=("", "\\N"),
    declared_in="pipeline/ingest/bank/experiments.py",
)
