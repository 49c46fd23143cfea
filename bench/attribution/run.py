"""One run of the model or of the scan. Prints CPU seconds, GiB and the credits given."""

import json
import sys
from pathlib import Path

from bench.figures import cpu_seconds, gib
from bench.models import engine, make

_SCANS = (
    "select max(event_id), max(customer_token), max(epoch_us(touched_at)), max(account_id),"
    " max(source_code) from core.touches",
    "select max(event_id), max(customer_token), max(event_type), max(epoch_us(occurred_at)),"
    " max(day), max(cooling_off) from core.attributed_events",
    "select max(event_id), max(customer_token), max(epoch_us(became_at)), max(day)"
    " from core.new_customers",
)
_CREDITED = "select sum(last_touch) from core.attribution_credits"


def main(folder: Path, which: str) -> None:
    """Run the `model` or the `scan` over the tables of a folder."""
    credited = 0
    with engine(folder) as connection:
        before = cpu_seconds()
        if which == "scan":
            for scan in _SCANS:
                connection.execute(scan).fetchall()
        else:
            make(connection, folder, "core.conversions")
            make(connection, folder, "core.attribution_credits")
        used = {"cpu": cpu_seconds() - before, "gib": gib()}
        if which == "model":
            ((credited,),) = connection.execute(_CREDITED).fetchall()
        print(json.dumps({**used, "credited": int(credited)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
