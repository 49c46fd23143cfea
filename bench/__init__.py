"""Benchmarks: what the pipeline costs against a reference measured in the same run.

A benchmark is a function in a module (or package) of its own, entered here by its name. What it
measures runs in child processes, so that their CPU seconds and peak memory are their own. It takes
as many rows as are asked for, unless it is one of OF_ONE_SIZE.
"""

from bench import (
    activity,
    attribution,
    build,
    funnel,
    growth,
    ingest,
    markov,
    page,
    review,
    spark,
    startup,
)
from bench.figures import Benchmark

BENCHMARKS: dict[str, Benchmark] = {
    "activity": activity.measure,
    "attribution": attribution.measure,
    "build": build.measure,
    "funnel": funnel.measure,
    "growth": growth.measure,
    "ingest": ingest.measure,
    "markov": markov.measure,
    "page": page.measure,
    "review": review.measure,
    "spark-build": spark.measure_build,
    "spark-ingest": spark.measure_ingest,
    "startup": startup.measure,
}
OF_ONE_SIZE = {"page", "review", "startup"}
