"""Files as pandas, Excel and event stores write them: read as meant, or refused with the reason."""

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from pipeline.funnels import Counted, Funnel, count

NAN = float("nan")


def counted(file: Path, **words: Any) -> Counted:
    steps = [{"event": "x"}, {"event": "y", **words.pop("second", {})}]
    return count(Funnel.model_validate({"name": "f", "steps": steps, **words}), file)


def parquet(folder: Path, **columns: Any) -> Path:
    drawn = {"actor": ["a", "a", "b"], "ts": [1, 2, 1], "event": ["x", "y", "x"], **columns}
    file = folder / "events.parquet"
    pq.write_table(pa.table(drawn), file)
    return file


@pytest.mark.parametrize(
    ("times", "mean"),
    [
        (pa.array([10**18, 10**18 + 10**9, 10**18], pa.timestamp("ns", "UTC")), 1),
        (pa.array([10**6, 10**6 + 60, 10**6], pa.timestamp("s", "Asia/Shanghai")), 60),
        (pa.array([dt.date(2026, 1, 1), dt.date(2026, 1, 2), None], pa.date32()), 86_400),
        (pa.array([1, 3, 1], pa.int32()), 2),
    ],
    ids=["ns with a zone", "s with a zone", "days", "seconds"],
)
@pytest.mark.parametrize("dictionary", [False, True])
def test_times_and_words_of_pandas(times: Any, mean: int, dictionary: bool, tmp_path: Path) -> None:
    words = {"actor": pa.array(["a", "a", "b"]), "event": pa.array(["x", "y", "x"])}
    coded = {name: word.dictionary_encode() if dictionary else word for name, word in words.items()}
    found = counted(parquet(tmp_path, ts=times, **coded))
    assert (found.levels["a"], found.seconds[2].mean) == (2, mean)


def test_a_period_is_in_shanghai_for_times_in_nanoseconds_too(tmp_path: Path) -> None:
    late = int(dt.datetime(2026, 10, 31, 16, tzinfo=dt.UTC).timestamp()) * 10**9
    file = parquet(tmp_path, ts=pa.array([late] * 3, pa.timestamp("ns", "UTC")))
    steps = [{"event": "x"}]
    found = count(Funnel.model_validate({"name": "f", "steps": steps}), file, by="month")
    assert list(found.periods or ()) == [dt.date(2026, 11, 1)]


def test_what_is_not_a_number_is_no_value(tmp_path: Path) -> None:
    file = parquet(tmp_path, v=[1.0, NAN, NAN])
    found = counted(file, second={"where": "v > 0"}, breakdown={"by": "v", "value": "last"})
    assert [step.persons for step in found.steps] == [2, 0]
    assert [(value, its.steps[0].persons) for value, its in found.values.items()] == [
        ("1.0", 1),
        (None, 1),
    ]
    found = counted(parquet(tmp_path, actor=[1.0, 1.0, NAN], ts=[1.0, NAN, 1.0]))
    assert (found.levels, found.left_out) == ({"1.0": 1}, 2)


def test_a_file_without_rows_has_nobody(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text("actor,ts,event\n", encoding="utf-8")
    assert [step.persons for step in counted(file).steps] == [0, 0]


def test_a_csv_as_a_chinese_excel_saves_it_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text("actor,ts,event\n张三,1,x\n", encoding="gbk")
    with pytest.raises(InputError, match=r"not UTF-8 .*GBK.*save it as CSV UTF-8"):
        counted(file)
