"""How the analytics products that a bank may use write their event logs.

Sources: the vendors' manuals of the data format. The headers of GrowingIO's custom events were not
seen, so that a mapping file has to name them.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """How a product writes its log.

    defaults: column -> header, where the product fixes it.
    nothing: texts, or with `…` at their end beginnings of texts, that stand for no value.
    lines: JSON, one object a line; otherwise CSV with `\\` before a quote. Either may be gzipped.
    mark: a key that an object of the log has, and no error body.
    text_is_utc: a time that is text stands for UTC; otherwise it needs a zone. A number is
        milliseconds since 1970 in UTC.
    """

    title: str
    defaults: Mapping[str, str]
    nothing: tuple[str, ...]
    lines: bool
    mark: str = ""
    text_is_utc: bool = False


PRODUCTS = {
    "sensors": Product(
        title="神策 event log",
        defaults={"event": "event", "occurred_at": "time"},
        nothing=("", "未取到值…", "直接流量", "社交网站流量"),
        lines=True,
        mark="distinct_id",
    ),
    "growingio": Product(
        title="GrowingIO raw export",
        defaults={},
        nothing=("", "\\N"),
        lines=False,
        text_is_utc=True,
    ),
}
