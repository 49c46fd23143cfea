"""The wealth tier that follows from a customer's bands of assets, month after month."""

from typing import NamedTuple

import pyarrow as pa


class Rating(NamedTuple):
    """Where a customer stands after a month: the tier's band, and since when they are below it.

    months_below counts the months in a row below the tier, up to this one; highest is the best
    band of these.
    """

    band: int
    months_below: int = 0
    highest: int = 0


def wealth_ratings(rows: pa.Table) -> pa.Table:
    """Rate histories of bands.

    Takes a row a history: `history` holds a digit a month, the band of its assets; `below_months`
    and `watched_months` say how long somebody stays in a tier they are below, before they are
    watched and while they are. Gives the same rows with the tier's `band`, `months_below` it in a
    row, and `is_watched`, after the last month.
    """
    if not rows.num_rows:
        return rows
    below, watched = rows["below_months"][0].as_py(), rows["watched_months"][0].as_py()
    known: dict[str, Rating] = {}
    found = [_rated(text, below + watched, known) for text in rows["history"].to_pylist()]
    columns = {
        "band": [rating.band for rating in found],
        "months_below": [rating.months_below for rating in found],
        "is_watched": [rating.months_below > below for rating in found],
    }
    return pa.table(
        {name: columns.get(name, rows[name]) for name in rows.column_names}, schema=rows.schema
    )


def _rated(history: str, longest: int, known: dict[str, Rating]) -> Rating:
    """Rate a history from where the longest known beginning of it leads."""
    start = len(history)
    while start and history[:start] not in known:
        start -= 1
    rating = known[history[:start]] if start else Rating(0)
    for end in range(start, len(history)):
        rating = known[history[: end + 1]] = after(rating, int(history[end]), longest)
    return rating


def after(rating: Rating, band: int, longest: int) -> Rating:
    """Rate a customer after one more month, whose assets are in a band.

    At or above the tier: in that of the band, at once. Below it for more than `longest` months in
    a row: in that of the highest band of these months, where the count begins anew.
    Source: docs/METRICS.md rule 13, after a branch rule of China Construction Bank,
    tests/known_answers/bank_metrics.
    """
    if band >= rating.band:
        return Rating(band)
    months, highest = rating.months_below + 1, max(rating.highest, band)
    if months <= longest:
        return Rating(rating.band, months, highest)
    return Rating(highest) if band == highest else Rating(highest, 1, band)
