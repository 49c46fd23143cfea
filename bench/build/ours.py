"""One build of a home. Prints CPU seconds and GiB."""

import json
import sys
from pathlib import Path

from bench.figures import cpu_seconds, gib
from pipeline import warehouse
from pipeline.settings import load


def main(home: Path, full: bool) -> None:
    """Build what changed, or all of it."""
    before = cpu_seconds()
    warehouse.build(load(home=home), full=full)
    print(json.dumps({"cpu": cpu_seconds() - before, "gib": gib()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] == ["--full"])
