"""Queries of a PostgreSQL database, read as the bank's files are, each from where it ended."""

from pipeline.ingest.database.reading import read_databases

__all__ = ["read_databases"]
