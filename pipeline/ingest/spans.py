"""Types of columns that name a span of time: a day, or an hour of a day."""

import re
from datetime import datetime

import pyarrow as pa

from pipeline.ingest.units import TIME, Type, by_formats

_HOUR = re.compile(r"(\d{4}-\d{2}-\d{2} \d{2}):00 - (\d{2}):59")
_SPANS = 'a day as YYYY-MM-DD, or an hour as "YYYY-MM-DD hh:00 - hh:59"'


def _span(text: str) -> tuple[datetime, str]:
    match = _HOUR.fullmatch(text)
    if match and match[1].endswith(match[2]):
        return by_formats(match[1], ("%Y-%m-%d %H",)), "hour"
    return by_formats(text, ("%Y-%m-%d", "%Y-%m-%d 00:00:00")), "day"


span_start = Type(_SPANS, TIME, lambda text: _span(text)[0])
span_length = Type(_SPANS, pa.string(), lambda text: _span(text)[1])
