"""The peer: ClickHouse's windowFunnel through chdb. Prints CPU seconds, GiB and persons by step."""

import json
import sys
from pathlib import Path

import chdb

from bench.figures import cpu_seconds, gib
from bench.funnel.events import STEPS, WINDOW_DAYS

_SQL = """
select level, count() as persons from (
    select actor, windowFunnel({window})(toUInt64(toUnixTimestamp64Micro(ts)), {steps}) as level
    from file('{events}', Parquet)
    {where}
    group by actor
) group by level
settings max_threads = 2, max_bytes_before_external_group_by = 2000000000
"""


def main(events: Path, spill: Path, which: str) -> None:
    """Count the same funnel over the same file; which: over `all` events, or those of `steps`."""
    names = ", ".join(f"'{step}'" for step in STEPS)
    query = _SQL.format(
        window=WINDOW_DAYS * 86_400_000_000,
        steps=", ".join(f"event = '{step}'" for step in STEPS),
        where=f"where event in ({names})" if which == "steps" else "",
        events=events,
    )
    before = cpu_seconds()
    printed = str(chdb.query(query, "JSONCompact", path=str(spill)))
    figures = {"cpu": cpu_seconds() - before, "gib": gib()}
    levels = {int(level): int(persons) for level, persons in json.loads(printed)["data"]}
    reached = {
        f"step {step}": sum(n for level, n in levels.items() if level >= step)
        for step, _ in enumerate(STEPS, 1)
    }
    print(json.dumps(figures | reached))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
