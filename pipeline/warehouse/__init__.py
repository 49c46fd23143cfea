"""SQL in, database out: knows no platform and no page."""

from pipeline.warehouse.build import Built, build

__all__ = ["Built", "build"]
