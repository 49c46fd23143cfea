"""SQL in, database out: knows no platform and no page."""

from pipeline.warehouse.build import build
from pipeline.warehouse.engine import Built
from pipeline.warehouse.explain import Due, explain
from pipeline.warehouse.forget import databases, forget, rows_of_tables
from pipeline.warehouse.outside import build_for_outside, for_outside

__all__ = [
    "Built",
    "Due",
    "build",
    "build_for_outside",
    "databases",
    "explain",
    "for_outside",
    "forget",
    "rows_of_tables",
]
