"""SQL in, database out: knows no platform and no page."""

from pipeline.warehouse.build import build
from pipeline.warehouse.engine import Built
from pipeline.warehouse.explain import Due, explain

__all__ = ["Built", "Due", "build", "explain"]
