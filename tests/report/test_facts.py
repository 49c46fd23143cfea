import shutil
from dataclasses import replace

import duckdb
import pytest

from pipeline.databases import opened
from pipeline.errors import InputError
from pipeline.report.facts import load
from tests.report.published_database import WEEK, draw


def test_the_page_is_about_the_report_week_unless_asked(facts):
    assert (facts.week.name, facts.week.before) == (WEEK, "2026-W45")
    assert (len(facts.week.trend), facts.week.trend[0]) == (13, "2026-W34")


def test_the_cohort_shown_is_the_newest_whose_window_has_passed(facts):
    assert facts.week.mature_cohort == "2026-W41"


def test_the_month_shown_is_the_latest_complete_one(facts):
    assert str(facts.month) == "2026-10-01"


def test_an_older_week_sees_nothing_that_came_after_it(home):
    with opened(home / "funnel.duckdb") as connection:
        older = load(connection, "2026-W40")
    assert {row.week for row in older.stages} == set(older.week.trend)
    assert max(older.week.trend) == "2026-W40"
    assert str(older.month) == "2026-09-01"
    assert older.posts == []
    assert older.alerts == []
    assert older.forecasts == []


def test_of_a_definition_the_newest_version_in_force_is_read(facts):
    assert [one.version for one in facts.definitions if one.metric == "read"] == [2]


def test_of_data_older_than_every_definition_the_first_versions_are_read(tmp_path, home):
    path = tmp_path / "funnel.duckdb"
    shutil.copyfile(home / "funnel.duckdb", path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update published.definitions set valid_from = date '2027-06-01'")
        found = {one.metric: one.version for one in load(connection).definitions}
    assert found["read"] == 1 and set(found.values()) == {1}


def test_a_withheld_column_is_told_from_a_missing_value(facts):
    hidden = next(r for r in facts.account_months if r.account_id == "sz-xhs")
    missing = next(r for r in facts.account_months if r.account_id == "cd-dy")
    assert hidden.mau is None and hidden.hides("mau") and not hidden.hides("followers")
    assert missing.followers is None and not missing.hides("followers")


def test_a_missing_database_says_what_to_run(tmp_path):
    with (
        pytest.raises(InputError, match="funnel nightly"),
        opened(tmp_path / "funnel.duckdb"),
    ):
        pass


def test_a_week_that_is_not_there_is_refused_with_those_that_are(home):
    with (
        opened(home / "funnel.duckdb") as connection,
        pytest.raises(InputError, match="2026-W34 至 2026-W46"),
    ):
        load(connection, "2025-W01")


def test_a_database_of_no_week_says_what_a_first_page_needs(tmp_path):
    path = draw(tmp_path / "funnel.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from published.weekly_funnel")
    with opened(path) as connection, pytest.raises(InputError, match=r"bank/accounts\.csv"):
        load(connection)


def test_the_database_is_opened_for_reading_only(home):
    with (
        opened(home / "funnel.duckdb") as connection,
        pytest.raises(duckdb.InvalidInputException),
    ):
        connection.execute("drop table published.run")


def test_a_database_of_one_week_without_anything_else_still_has_facts(tmp_path):
    path = draw(tmp_path / "funnel.duckdb")
    with duckdb.connect(str(path)) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'published'"
        ).fetchall()
        for (table,) in tables:
            if table not in ("run", "weekly_funnel"):
                connection.execute(f"delete from published.{table}")
        connection.execute("delete from published.weekly_funnel where week <> '2026-W46'")
    with opened(path) as connection:
        bare = load(connection)
    assert (bare.week.trend, bare.month, bare.week.mature_cohort) == ((WEEK,), None, None)


def test_what_is_computed_from_a_withheld_count_is_withheld_with_it(facts):
    row = next(r for r in facts.subscriptions if r.customers is not None)
    hidden = replace(row, customers=None, orders=None, amount_yuan=None, suppressed="customers")
    assert hidden.hides("amount_yuan") and hidden.hides("orders")
    assert not hidden.hides("wealth_clicks") and not row.hides("amount_yuan")


def test_files_that_wait_are_read_with_what_was_found(facts):
    assert [(one.kind, one.delivered) for one in facts.waiting] == [
        ("held", 480),
        ("unknown", None),
    ]


def test_datasets_sum_their_sources(facts):
    articles = next(one for one in facts.datasets if one.dataset == "wechat_official_articles")
    notes = next(one for one in facts.datasets if one.dataset == "xiaohongshu_notes")
    assert (articles.accounts, articles.late, articles.delivered) == (3, 0, 1200)
    assert (notes.late, notes.last_day) == (1, None)
