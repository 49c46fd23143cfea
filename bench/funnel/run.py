"""One count of the funnel. Prints CPU seconds, GiB and the persons of each step."""

import json
import sys
from pathlib import Path

from bench.figures import cpu_seconds, gib
from bench.funnel.events import STEPS, WINDOW_DAYS
from pipeline.funnels import Funnel, count


def main(events: Path) -> None:
    """Count persons by step, as `funnel count` does before it asks how fast they were."""
    words = {"name": "bench", "window": f"{WINDOW_DAYS} days"}
    funnel = Funnel.model_validate({**words, "steps": [{"event": event} for event in STEPS]})
    before = cpu_seconds()
    counted = count(funnel, events, levels=False, seconds=False, memory_limit="1.8GB", threads=2)
    figures = {"cpu": cpu_seconds() - before, "gib": gib()}
    persons = {f"step {step.step}": step.persons for step in counted.steps}
    print(json.dumps(figures | persons))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
