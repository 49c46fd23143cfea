"""SQL in, database out: knows no platform and no page."""

from pipeline.warehouse.build import build
from pipeline.warehouse.explain import Due, explain
from pipeline.warehouse.make import Built

__all__ = ["Built", "Due", "build", "explain"]
