"""Files in, Parquet out: what operators and the bank deliver becomes typed rows of the lake."""

from pipeline.ingest.catalogue import sources
from pipeline.ingest.inspection import Inspection, inspect
from pipeline.ingest.report import DatasetCounts, FileReport, IngestReport, Progress
from pipeline.ingest.run import run

__all__ = [
    "DatasetCounts",
    "FileReport",
    "IngestReport",
    "Inspection",
    "Progress",
    "inspect",
    "run",
    "sources",
]
