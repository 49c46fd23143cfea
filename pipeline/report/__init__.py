"""Published database in, HTML out: knows no source and no model."""

from pipeline.report.language import LOCALES, Language
from pipeline.report.page import write

__all__ = ["LOCALES", "Language", "write"]
