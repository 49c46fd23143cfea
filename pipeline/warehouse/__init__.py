"""SQL in, database out: knows no platform and no page."""

from pipeline.warehouse.build import build
from pipeline.warehouse.engine import Built
from pipeline.warehouse.explain import Due, explain
from pipeline.warehouse.forget import databases, forget, rows_of_tables

__all__ = ["Built", "Due", "build", "databases", "explain", "forget", "rows_of_tables"]
