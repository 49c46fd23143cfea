"""Files, keys and figures: what counting takes and what it tells."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import InputError
from pipeline.funnels import Counted, Funnel, count
from pipeline.funnels.wilson import wilson


def funnel(*events: str, **words: Any) -> Funnel:
    steps = [{"event": event} for event in events]
    return Funnel.model_validate({"name": "f", "window": "1 hour", "steps": steps, **words})


def csv_file(folder: Path, text: str) -> Path:
    file = folder / "events.csv"
    file.write_text(text, encoding="utf-8")
    return file


def parquet_file(folder: Path, select: str) -> Path:
    file = folder / "events.parquet"
    duckdb.execute(f"copy ({select}) to '{file}' (format parquet)")
    return file


def persons(counted: Counted) -> list[int]:
    return [step.persons for step in counted.steps]


TIMES = [
    ("bigint", "0", "10"),
    ("double", "0.25", "10.25"),
    ("decimal(12, 3)", "0.125", "10.125"),
    ("date", "'2026-11-16'", "'2026-11-16'"),
    ("timestamp", "'2026-11-16 08:00:00.5'", "'2026-11-16 08:00:10.5'"),
    ("timestamptz", "'2026-11-16 08:00:00+08'", "'2026-11-16 00:00:10+00'"),
    ("timestamp_ns", "'2026-11-16 08:00:00'", "'2026-11-16 08:00:10'"),
]


@pytest.mark.parametrize(("kind", "first", "second"), TIMES, ids=[kind for kind, *_ in TIMES])
def test_a_time_is_a_timestamp_or_a_number_of_seconds(kind, first, second, tmp_path):
    file = parquet_file(
        tmp_path,
        f"select 1 as actor, cast({first} as {kind}) as ts, 'a' as event"
        f" union all select 1, cast({second} as {kind}), 'b'",
    )
    counted = count(funnel("a", "b"), file)
    assert persons(counted) == [1, 1]
    assert counted.seconds[2].mean == (0 if kind == "date" else 10)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("integer", "7"),
        ("uuid", "'00000000-0000-0000-0000-000000000007'"),
        ("varchar", "'007'"),
        ("blob", "'\\x07'::blob"),
        ("ubigint", "7"),
    ],
)
def test_an_actor_is_any_kind_of_key(kind, key, tmp_path):
    file = parquet_file(
        tmp_path,
        f"select cast({key} as {kind}) as actor, unnest([0, 5]) as ts, unnest(['a', 'b']) as event",
    )
    shown = duckdb.execute(f"select cast(cast({key} as {kind}) as varchar)").fetchone()
    assert shown
    for order in ("ordered", "strict", "any"):
        assert count(funnel("a", "b", order=order), file).levels == {shown[0]: 2}


def test_the_actors_of_a_csv_are_words_and_come_in_order(tmp_path):
    file = csv_file(tmp_path, "actor,ts,event\n10,0,a\n007,0,a\n9,0,b\n007,9,b\n")
    assert list(count(funnel("a", "b"), file).levels.items()) == [("007", 2), ("10", 1)]


def test_events_of_numbers_are_named_by_their_digits(tmp_path):
    file = parquet_file(tmp_path, "select 1 as actor, 0 as ts, 1000 as event")
    assert persons(count(funnel("1000"), file)) == [1]


def test_an_event_is_named_as_it_is_written_whatever_it_holds(tmp_path):
    file = csv_file(tmp_path, "actor,ts,event\n1,0,it's; drop table x --\n")
    assert persons(count(funnel("it's; drop table x --", "b"), file)) == [1, 0]


def test_a_condition_on_what_is_unknown_does_not_hold(tmp_path):
    file = csv_file(tmp_path, "actor,ts,event,amount\n1,0,a,\n2,0,a,5\n3,0,a,50\n")
    steps = [{"event": "a", "where": "not amount > 9"}]
    assert count(funnel(steps=steps), file).levels == {"2": 1}


def test_events_without_an_actor_or_a_time_are_left_out_and_counted(tmp_path):
    file = csv_file(tmp_path, "actor,ts,event\n1,0,a\n,1,a\n2,,a\n3,1,\n")
    counted = count(funnel("a"), file)
    assert (persons(counted), counted.left_out) == ([1], 2)


def test_a_funnel_nobody_enters_has_no_rates(tmp_path):
    file = csv_file(tmp_path, "actor,ts,event\n1,0,z\n")
    counted = count(funnel("a", "b"), file).as_dict()
    assert counted["steps"][0] == {
        "step": 1,
        "event": "a",
        "persons": 0,
        "rate": None,
        "low": None,
        "high": None,
    }
    assert (counted["levels"], counted["seconds"]["n"]) == ({}, 0)


def test_seconds_run_from_the_entry_that_counts_to_each_step(tmp_path):
    rows = [("1", 0, "a"), ("1", 5, "a"), ("1", 15, "b"), ("1", 25, "b"), ("1", 35, "c")]
    rows += [("2", 0, "a"), ("2", 20, "b"), ("3", 0, "a"), ("3", 30, "b"), ("3", 3600, "c")]
    text = "actor,ts,event\n" + "".join(f"{a},{t},{e}\n" for a, t, e in rows)
    seconds = count(funnel("a", "b", "c"), csv_file(tmp_path, text)).as_dict()["seconds"]
    assert (seconds["n"], seconds["mean"]) == (2, 1815)
    second = seconds["steps"][0]
    assert (second["n"], second["mean"], second["median"], second["p90"]) == (3, 20, 20, 28)


def test_the_bucket_of_a_histogram_ends_inside(tmp_path):
    ends = (60, 600, 3600, 21_600, 86_400, 259_200, 604_800, 1_209_600, 2_592_000, 7_776_000)
    after = [0, *ends, *(end + 1 for end in ends)]
    text = "actor,ts,event\n" + "".join(f"{t},0,a\n{t},{t},b\n" for t in after)
    counted = count(funnel("a", "b", window="100 days"), csv_file(tmp_path, text)).as_dict()
    found = counted["seconds"]["histogram"]
    assert found == [{"to": end, "n": 2} for end in ends] + [{"to": None, "n": 1}]
    assert counted["seconds"]["steps"][0]["histogram"] == found


@pytest.mark.parametrize(
    ("ts", "weeks"),
    [
        ("timestamp '2026-11-08 23:59:59'", ["2026-W45"]),
        ("timestamptz '2026-11-08 15:59:59+00'", ["2026-W45"]),
        ("timestamptz '2026-11-08 16:00:00+00'", ["2026-W46"]),
        ("1794153600", ["2026-W46"]),
        ("1794153599.5", ["2026-W45"]),
        ("date '2026-11-08'", ["2026-W45"]),
    ],
)
def test_a_week_is_one_of_shanghai_where_the_time_has_a_zone(ts, weeks, tmp_path):
    file = parquet_file(tmp_path, f"select 1 as actor, {ts} as ts, 'a' as event")
    periods = count(funnel("a"), file, by="week").as_dict()["by"]["periods"]
    assert [period["period"] for period in periods] == weeks


def test_who_enters_in_two_months_is_counted_in_both(tmp_path):
    file = csv_file(
        tmp_path,
        "actor,ts,event\n1,2026-10-31 23:30:00,a\n1,2026-11-01 00:10:00,b\n"
        "1,2026-11-02 08:00:00,a\n",
    )
    counted = count(funnel("a", "b"), file, by="month")
    assert persons(counted) == [1, 1]
    assert counted.periods is not None
    found = {
        counted.label(day): [step.persons for step in its.steps]
        for day, its in counted.periods.items()
    }
    assert found == {"2026-10": [1, 1], "2026-11": [1, 0]}


@pytest.mark.parametrize(
    ("breakdown", "value"),
    [
        ({}, "u"),
        ({"value": "last"}, "w"),
        ({"value": "step", "step": 2}, "u"),
        ({"value": "step", "step": 4}, None),
    ],
)
def test_a_breakdown_says_whose_value_counts(breakdown, value, tmp_path):
    text = "actor,ts,event,q\n1,0,a,\n1,1,b,v\n1,1,b,u\n1,2,c,w\n1,3,b,x\n"
    words = {"breakdown": {"by": "q", **breakdown}}
    counted = count(funnel("a", "b", "c", "d", **words), csv_file(tmp_path, text))
    assert list(counted.values) == [value]


def test_a_breakdown_by_a_column_that_is_not_there_is_refused(tmp_path):
    file = csv_file(tmp_path, "actor,ts,event\n1,0,a\n")
    with pytest.raises(InputError, match="no column region, which the breakdown asks for"):
        count(funnel("a", breakdown={"by": "region"}), file)


def test_a_breakdown_by_too_many_values_is_refused(tmp_path):
    file = parquet_file(
        tmp_path, "select i as actor, 0 as ts, 'a' as event, i as q from range(1001) as r (i)"
    )
    with pytest.raises(InputError, match="by q has 1,001 values; expected at most 1,000"):
        count(funnel("a", breakdown={"by": "q"}), file)


def test_the_boundary_of_a_window_is_inside(tmp_path):
    at = dt.datetime(2026, 11, 16, 8)
    for beyond, reached in ((0, 1), (1, 0)):
        then = at + dt.timedelta(hours=1, microseconds=beyond)
        file = csv_file(tmp_path, f"actor,ts,event\n1,{at},a\n1,{then},b\n")
        assert persons(count(funnel("a", "b"), file)) == [1, reached]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("actor,at,event\n1,0,a\n", "no column ts; found actor, at, event"),
        (
            "actor,ts,event\n1,today,a\n",
            "column ts holds 'today', among others; expected timestamps",
        ),
        ("", "is empty; expected a header actor, ts, event"),
        ("actor,ts,event,ts\n1,1,a,2\n", "columns named twice: ts"),
        ("actor,ts,event\n1,1763251200,a\n1,1763251200000,a\n", "not of one unit"),
    ],
)
def test_a_file_that_cannot_be_counted_says_what_is_wrong(text, said, tmp_path):
    with pytest.raises(InputError) as refused:
        count(funnel("a"), csv_file(tmp_path, text))
    assert str(refused.value).startswith(str(tmp_path / "events.csv"))
    assert said in str(refused.value)


def test_a_file_of_another_form_or_none_is_refused(tmp_path):
    for name in ("events.xlsx", "none.csv"):
        with pytest.raises(InputError, match="expected an events file"):
            count(funnel("a"), tmp_path / name)


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    file = tmp_path / "events.parquet"
    file.write_text("no")
    with pytest.raises(InputError, match="cannot be read as a table"):
        count(funnel("a"), file)


def test_a_comparison_of_other_kinds_is_refused(tmp_path):
    file = csv_file(tmp_path, "actor,ts,event,amount\n1,0,a,5\n")
    steps = [{"event": "a", "where": "amount = 'many'"}]
    with pytest.raises(InputError, match="cannot be counted: Conversion Error"):
        count(funnel(steps=steps), file)


def test_twelve_steps_are_counted_in_every_order(tmp_path):
    names = "abcdefghijkl"
    rows = "".join(f"1,{t},{name}\n" for t, name in enumerate(names))
    file = csv_file(tmp_path, f"actor,ts,event\n{rows}")
    for order in ("ordered", "strict", "any"):
        assert count(funnel(*names, order=order), file).levels == {"1": 12}
    assert count(funnel(*"aaaaaaaaaaaa"), file).levels == {"1": 1}


def test_a_rate_has_its_published_interval():
    """Newcombe, R. G. (1998), Statistics in Medicine 17, table I, method 3: Wilson."""
    for done, of, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)):
        assert [round(x, 4) for x in wilson(done, of)[1:] if x is not None] == [low, high]
    assert wilson(0, 20)[:2] == (0, 0)
    assert wilson(29, 29)[2] == 1
    assert wilson(0, 0) == (None, None, None)


def test_steps_that_share_too_many_events_are_refused(tmp_path):
    file = csv_file(tmp_path, "actor,ts,event,p\n1,0,a,9\n")
    steps = [{"event": "a", "where": f"p > {number}"} for number in range(8)]
    with pytest.raises(InputError, match="steps 1, 2, 3, 4, 5, 6, 7, 8: events fit several"):
        count(funnel(steps=steps), file)
    apart = [{"event": "a", "where": f"p = {number}"} for number in (9, *range(8))]
    assert persons(count(funnel(steps=apart), file))[0] == 1
