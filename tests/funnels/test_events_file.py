"""Files as pandas, Excel and event stores write them: read as meant, or refused with the reason."""

import datetime as dt
import gzip
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
        (pa.array([1, 3, 1], pa.uint64()), 2),
    ],
    ids=["ns with a zone", "s with a zone", "days", "seconds", "seconds without a sign"],
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


def csv_file(folder: Path, text: str) -> Path:
    file = folder / "events.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("first", "second", "unit"),
    [
        (1_763_251_200, 1_763_251_260, "秒"),
        (1_763_251_200_000, 1_763_251_260_000, "毫秒"),
        (1_763_251_200_000_000, 1_763_251_260_000_000, "微秒"),
        (1_763_251_200_000_000_000, 1_763_251_260_000_000_000, "纳秒"),
        (1_763_251_200_000.5, 1_763_251_260_000.5, "毫秒"),
        (0, 60, "秒"),
        (100_000_000_000_000, 100_000_000_000_060, "秒"),  # as in a published case of ClickHouse
    ],
)
def test_numbers_are_of_the_unit_that_puts_them_in_our_years_and_it_is_said(
    first: float, second: float, unit: str, tmp_path: Path
) -> None:
    found = counted(csv_file(tmp_path, f"actor,ts,event\na,{first},x\na,{second},y\n"))
    assert found.seconds[2].mean == 60
    assert f"ts 是数字：按自 1970 年起（UTC）的{unit}数读" in found.rules


def test_numbers_in_milliseconds_lie_on_their_day_in_shanghai(tmp_path: Path) -> None:
    late = int(dt.datetime(2026, 10, 31, 16, tzinfo=dt.UTC).timestamp() * 1000)
    file = csv_file(tmp_path, f"actor,ts,event\na,{late},x\na,{late + 1},y\n")
    found = count(Funnel.model_validate({"name": "f", "steps": [{"event": "x"}]}), file, by="day")
    assert [found.label(day) for day in found.periods or ()] == ["2026-11-01"]


def test_numbers_that_lie_in_no_year_have_no_period(tmp_path: Path) -> None:
    file = csv_file(tmp_path, "actor,ts,event\na,100000000000000,x\n")
    with pytest.raises(InputError, match="beyond the year 9999, which lie in no week"):
        count(Funnel.model_validate({"name": "f", "steps": [{"event": "x"}]}), file, by="week")


TWO = "actor,ts,event\na,2026-11-16T08:00:00Z,x\na,2026-11-16T16:01:00+08:00,y\n"


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        "\ufeff" + TWO,
        TWO.replace(",", ";"),
        TWO.replace(",", "\t"),
        '"actor","ts","event"\n"a","1","x"\n"a","61","y"\n',
        "actor,ts,event\na,2026/11/16 8:00,x\na,2026/11/16 8:01,y\n",
    ],
    ids=["zones", "byte order mark", "semicolons", "tabs", "quotes", "slashes"],
)
def test_a_csv_as_other_programs_write_it(text: str, tmp_path: Path) -> None:
    assert counted(csv_file(tmp_path, text)).seconds[2].mean == 60


def test_a_folder_of_parts_and_a_packed_file_are_read_as_one(tmp_path: Path) -> None:
    head, *rows = TWO.splitlines()
    for number, row in enumerate(rows):
        with gzip.open(tmp_path / f"part-{number}.csv.gz", "wt", encoding="utf-8") as part:
            part.write(f"{head}\n{row}\n")
    (tmp_path / "_SUCCESS").touch()
    assert counted(tmp_path).levels == {"a": 2}
    assert counted(tmp_path / "part-0.csv.gz").levels == {"a": 1}
    (tmp_path / "more.parquet").touch()
    with pytest.raises(InputError, match=r"a folder with \.csv\.gz and \.parquet; expected"):
        counted(tmp_path)
    with pytest.raises(InputError, match="standard input does not allow"):
        counted(Path("-"))


def test_a_property_may_have_any_name(tmp_path: Path) -> None:
    names = ("person", "t", "step", "level", "entry", "moment", "period", "value", "starts")
    for name in names:
        file = csv_file(tmp_path, f"actor,ts,event,{name}\na,1,x,no\na,2,y,yes\n")
        for order in ("ordered", "strict", "any"):
            steps = [{"event": "x"}, {"event": "y", "where": f"{name} = 'yes'"}]
            words = {"name": "f", "order": order, "steps": steps, "breakdown": {"by": name}}
            found = count(Funnel.model_validate(words), file, by="week")
            assert (found.levels, list(found.values)) == ({"a": 2}, ["no"])


def test_a_text_compared_with_a_number_is_refused_with_the_text(tmp_path: Path) -> None:
    file = csv_file(tmp_path, 'actor,ts,event,amount\na,1,x,5\na,2,y,"1,200"\n')
    with pytest.raises(InputError) as refused:
        counted(file, second={"where": "amount between 10 and 20 or not amount > -1"})
    assert "step 2: the condition" in str(refused.value)
    assert "amount, which holds text ('1,200'), with the number" in str(refused.value)
    assert counted(file, second={"where": "amount = '1,200'"}).levels == {"a": 2}


def test_events_the_file_has_not_are_named_with_those_it_has(tmp_path: Path) -> None:
    file = csv_file(tmp_path, "actor,ts,event\na,1,x\na,2,Y\nb,1,x\n")
    between = [{"event": "z", "from_step": 1, "to_step": 2}]
    assert "文件里没有事件 y、z；有 x、Y" in counted(file, exclusions=between).notes
    file = csv_file(tmp_path, "actor,ts,event\na,1,x\na,2,y\n")
    assert not any("文件里没有" in note for note in counted(file).notes)


@pytest.mark.parametrize(
    ("values", "where", "told"),
    [
        (("yes", "no"), "v = 'no'", "yes"),
        (("T", "F"), "v = 'F'", "T"),
        (("True", "false"), "not v", "true"),
        (("TRUE", "FALSE"), "v = false", "true"),
        (("0010", "20"), "v = '20'", "0010"),
        (("0", "20"), "v > 5", "0"),
    ],
)
def test_only_true_and_false_are_truth_values_and_0010_is_a_code(
    values: tuple[str, str], where: str, told: str, tmp_path: Path
) -> None:
    first, second = values
    file = csv_file(tmp_path, f"actor,ts,event,v\na,1,x,{first}\na,2,y,{second}\n")
    found = counted(file, second={"where": where}, breakdown={"by": "v"})
    assert (found.levels, list(found.values)) == ({"a": 2}, [told])
