"""A Spark session on the master the settings name: for models, and for reading large files."""

from pipeline.spark.session import of_spark, said, session

__all__ = ["of_spark", "said", "session"]
