from pipeline.report.facts.load import Facts, load

__all__ = ["Facts", "load"]
