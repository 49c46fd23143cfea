"""Benchmarks: what the pipeline costs against a reference measured in the same run.

A benchmark is a function in a module (or package) of its own, entered here by its name. What it
measures runs in child processes, so that their CPU seconds and peak memory are their own.
"""

from bench import ingest, spark
from bench.figures import Benchmark

BENCHMARKS: dict[str, Benchmark] = {
    "ingest": ingest.measure,
    "spark-ingest": spark.measure_ingest,
    "spark-build": spark.measure_build,
}
