"""A seeded generator that writes a fictional bank's deliveries in the platforms' own formats."""

from pipeline.sample.generate import SampleReport, write

__all__ = ["SampleReport", "write"]
