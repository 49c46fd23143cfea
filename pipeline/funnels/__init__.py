"""Funnels of persons over any events file: a definition in TOML, counted by SQL on DuckDB."""

from pipeline.funnels.count import Counted, count
from pipeline.funnels.definition import Funnel, read_definition

__all__ = ["Counted", "Funnel", "count", "read_definition"]
