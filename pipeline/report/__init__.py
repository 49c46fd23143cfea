"""Published database in, pages and files out: knows no source and no model."""

from pipeline.report.language import LOCALES, Language
from pipeline.report.library import plotly_js
from pipeline.report.surfaces import PAGE_ALONE, Wanted, write

__all__ = ["LOCALES", "PAGE_ALONE", "Language", "Wanted", "plotly_js", "write"]
