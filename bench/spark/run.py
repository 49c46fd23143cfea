"""One ingest or one build of a workspace, here or on a cluster of so many workers.

Prints wall and CPU seconds and GiB, of the driver and the cluster together.
"""

import json
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pandas  # noqa: F401  Arrow imports it with its first array: start-up, not work

from bench.spark.cluster import LOCAL, cluster
from bench.spark.watch import Watch
from pipeline import ingest, warehouse
from pipeline.settings import Settings, SparkSettings

_MEMORY = {"spark.driver.memory": "2g", "spark.executor.memory": "2g"}


def main(what: str, home: Path, workers: int) -> None:
    """Run; 0 workers is this process alone, on DuckDB."""
    folder = tempfile.TemporaryDirectory(dir=home.parent)
    with folder as work, cluster(Path(work), workers, "2g") if workers else nullcontext("") as at:
        settings = Settings(
            home=home,
            as_of=date(2026, 11, 16),
            token_key="only for the benchmark",
            engine="spark" if workers else "duckdb",
            spark=SparkSettings(master=at, conf=LOCAL | _MEMORY),
            stream_from_bytes=2**16,
        )
        with Watch() as watch:
            begun = time.perf_counter()
            if what == "ingest":
                ingest.run(settings)
            else:
                warehouse.build(settings, full=True)
            wall = time.perf_counter() - begun
    print(json.dumps({"wall": wall, "cpu": watch.cpu, "gib": watch.gib}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
