"""Funnels of persons: a definition in TOML, counted by SQL over any events."""

from pipeline.funnels.count import Counted, count
from pipeline.funnels.definition import Funnel, read_definition
from pipeline.funnels.shelf import Definition, read_definitions

__all__ = ["Counted", "Definition", "Funnel", "count", "read_definition", "read_definitions"]
