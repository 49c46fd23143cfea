"""What is read out of one SQL file, and which files are refused."""

import textwrap
from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.warehouse.model import Model, read_checks, read_model, read_models

MODEL = """
-- Active customers of each month, told
-- over two lines.
-- grain: month, account_id
-- persons: mau (aum_yuan, rate), stable_mau
-- persons: reached
-- nested: account_id

with active as (
    select * from core.customer_months
)

select
    active.month,                       -- its first day
    active.account_id,                  -- as in the register
    count(*) as mau,                    -- customers, distinct
    links.aum_yuan
from active
left join staging.bank_links as links using (account_id)
where links.account_id in (select account_id from settings.run)
""".lstrip()


def write(folder: Path, name: str, text: str) -> Path:
    schema, table = name.split(".")
    file = folder / schema / f"{table}.sql"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return read_model(write(tmp_path, "core.active", MODEL))


def test_the_folder_is_the_schema_and_the_file_name_the_table(model: Model) -> None:
    assert (model.schema, model.table, model.name) == ("core", "active", "core.active")


def test_the_comment_at_the_top_is_the_description_without_the_declarations(model: Model) -> None:
    assert model.purpose == "Active customers of each month, told over two lines."


def test_the_header_declares_grain_persons_with_companions_and_levels(model: Model) -> None:
    assert model.grain == ("month", "account_id")
    assert model.persons == {"mau": ("aum_yuan", "rate"), "stable_mau": (), "reached": ()}
    assert model.nested == ("account_id",)


def test_the_comments_beside_the_columns_are_their_notes(model: Model) -> None:
    assert model.columns == {
        "month": "its first day",
        "account_id": "as in the register",
        "mau": "customers, distinct",
        "aum_yuan": "",
    }


def test_what_a_model_reads_is_found_wherever_the_query_names_it(model: Model) -> None:
    assert model.reads == {"core.customer_months", "staging.bank_links", "settings.run"}


def test_a_model_is_kept_as_it_is_written(model: Model) -> None:
    assert model.sql == MODEL


def test_one_row_is_a_grain_without_columns(tmp_path: Path) -> None:
    file = write(tmp_path, "core.one", "-- One.\n-- grain: one row\nselect 1 as n")
    assert read_model(file).grain == ()


def test_a_comment_below_the_header_declares_nothing(tmp_path: Path) -> None:
    text = "-- One.\n-- grain: n\n\n-- persons: n\nselect 1 as n"
    assert read_model(write(tmp_path, "core.one", text)).persons == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-- One.\nselect 1 as n", "the comment at its top has no line `-- grain: …`"),
        ("select 1 as n", "the comment at its top has no line `-- grain: …`"),
        ("-- grain: n\nselect 1 as n from", "not one readable select"),
        ("-- grain: n\nselect 1 as n; select 2 as n", "expected one select"),
        ("-- grain: n\ncreate table t (n int)", "expected one select"),
        ("-- grain: n\ndelete from core.t", "expected one select"),
        ("-- grain: n\nselect n from posts", 'reads "posts"; expected a schema'),
    ],
)
def test_a_file_that_is_not_one_described_select_is_refused_by_name(
    tmp_path: Path, text: str, said: str
) -> None:
    file = write(tmp_path, "core.wrong", text)
    with pytest.raises(ModelError) as error:
        read_model(file)
    assert str(file) in str(error.value)
    assert said in str(error.value)


def test_models_are_read_layer_by_layer_and_checks_apart(tmp_path: Path) -> None:
    for name in ("published.a", "core.b", "core.a", "staging.c"):
        write(tmp_path, name, "-- A.\n-- grain: n\nselect 1 as n")
    write(tmp_path, "checks.a__rule", "-- Nothing\n-- is lost.\nselect 1 as n")
    names = [model.name for model in read_models(tmp_path)]
    assert names == ["staging.c", "core.a", "core.b", "published.a"]
    (check,) = read_checks(tmp_path)
    assert (check.name, check.rule) == ("a__rule", "Nothing is lost.")


def test_every_check_of_the_project_states_its_rule() -> None:
    assert [check.name for check in read_checks() if not check.rule.endswith(".")] == []


def test_every_model_of_the_project_is_described() -> None:
    assert [model.name for model in read_models() if not model.purpose.endswith(".")] == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select day, lag(day) over (order by day) as d from lake.t", "look at no rows but those"),
        ("select day, count(*) as n from lake.t group by all", "look at no rows but those"),
        ("select t.day from lake.t cross join staging.s", "reads one dataset and no model"),
        ("select t.day from lake.t cross join lake.u", "reads one dataset and no model"),
    ],
)
def test_a_model_in_parts_looks_at_no_other_part(tmp_path: Path, query: str, said: str) -> None:
    file = tmp_path / "staging" / "t.sql"
    file.parent.mkdir()
    file.write_text(f"-- Days.\n-- grain: day\n-- per: month\n\n{query}\n", encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        read_model(file)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("per: week\n-- reach: core.u -30", "reaches into core.u, which it does not read"),
        ("per: week\n-- reach: core.t 30", "reaches `core.t 30`; expected a table, then - or +"),
        ("per: week\n-- reach: core.t -soon", "reaches `core.t -soon`; expected a table"),
        ("per: week\n-- reach: core.t -bank_name", "reaches `core.t -bank_name`; expected a table"),
        ("per: week\n-- reach: core.t -1 +1", "reaches `core.t -1 +1`; expected a table"),
        ("per: week\n-- reach: core.t +all", "reaches `core.t +all`; expected a table"),
        ("per: quarter", "is built per quarter; expected day, week, month"),
    ],
)
def test_a_part_that_nobody_could_build_is_refused_by_name(
    tmp_path: Path, header: str, said: str
) -> None:
    file = write(
        tmp_path, "core.parts", f"-- A.\n-- grain: day\n-- {header}\nselect day from core.t"
    )
    with pytest.raises(ModelError) as error:
        read_model(file)
    assert str(error.value).startswith(f"{file}: {said}")


def test_a_core_model_in_parts_does_not_ask_for_the_day_of_the_run(tmp_path: Path) -> None:
    query = "select t.day from core.t cross join settings.run where t.day < run.as_of"
    file = write(tmp_path, "core.parts", f"-- A.\n-- grain: day\n-- per: week\n{query}")
    with pytest.raises(ModelError) as error:
        read_model(file)
    assert str(error.value).startswith(f"{file}: is built per week, so the day of a run")


def test_a_reach_is_days_or_a_parameter_back_and_ahead_or_all_before(tmp_path: Path) -> None:
    text = """
        -- A.
        -- grain: day
        -- per: week
        -- reach: core.t -attribution_lookback_days, core.t +1
        -- reach: core.u -all
        select day from core.t cross join core.u
    """
    model = read_model(write(tmp_path, "core.parts", textwrap.dedent(text).lstrip()))
    assert model.reach == {"core.t": ("attribution_lookback_days", "1"), "core.u": ("all", "0")}


def test_a_measure_makes_the_rows_so_the_query_guarantees_no_grain(tmp_path: Path) -> None:
    text = "-- A.\n-- grain: k\n{}\nselect k, count(*) as n from core.t group by all"
    plain = read_model(write(tmp_path, "core.plain", text.format("")))
    counted = read_model(write(tmp_path, "core.counted", text.format("-- measure: path_credits")))
    assert (plain.measure, counted.measure) == (None, "path_credits")
    assert (plain.is_unique_by_itself, counted.is_unique_by_itself) == (True, False)


def test_a_measure_that_nobody_could_take_is_refused(tmp_path: Path) -> None:
    text = "-- A.\n-- grain: month\n-- measure: magic\nselect month from core.t"
    said = "core/counted.sql: measure magic is unknown; expected forecasts, path_credits"
    with pytest.raises(ModelError, match=said):
        read_model(write(tmp_path, "core.counted", text))
