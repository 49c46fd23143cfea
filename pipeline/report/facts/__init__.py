from pipeline.report.facts.load import Facts, load
from pipeline.report.facts.months import load_month, load_period

__all__ = ["Facts", "load", "load_month", "load_period"]
