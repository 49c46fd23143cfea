from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.ingest.bank.accounts import PLATFORMS
from pipeline.sample.timeline import DAY, Timeline

MONDAYS = [day.isoformat() for day in Timeline(13, date(2026, 11, 16)).exports]


def notes(inbox: Path, account: str, day: str) -> pd.DataFrame:
    (path,) = (inbox / account / day).glob("笔记列表明细表*.xlsx")
    frame = pd.read_excel(path, header=None, dtype=str, engine="calamine")
    header = frame.index[frame[0] == "笔记标题"][0]
    return frame.loc[header + 1 :].set_axis(list(frame.loc[header]), axis=1)


@pytest.mark.parametrize("account", ["hq-xhs", "cards-xhs", "branch-haitang-xhs"])
def test_notes_are_lifetime_totals_that_grow_but_for_a_few_taken_back(
    inbox: Path, account: str
) -> None:
    reads = pd.DataFrame(
        {
            day: notes(inbox, account, day).set_index("首次发布时间")["观看量"].astype(float)
            for day in MONDAYS
        }
    )
    steps = reads.diff(axis=1).stack().dropna()
    assert 1 <= (steps < 0).sum() <= 4
    assert (steps > 0).mean() > 0.5
    assert (reads.stack().dropna() >= 0).all()


def test_titles_are_empty_repeated_edited_and_carry_emoji(inbox: Path) -> None:
    last = notes(inbox, "hq-xhs", "2026-11-16")
    assert last["笔记标题"].isna().any()
    assert last["笔记标题"].dropna().duplicated().any()
    assert last["笔记标题"].str.endswith("（更正）").sum() == 1
    assert last["笔记标题"].str.contains("🎁|🎸|💰|🌙").any()
    assert last["首次发布时间"].is_unique


@pytest.mark.parametrize("day", ["2026-08-24", "2026-11-16"])
def test_the_summary_of_account_days_is_the_sum_of_the_days(inbox: Path, day: str) -> None:
    files = list((inbox / "hq-xhs" / day).glob("近*日*.xlsx"))
    assert len(files) == 4
    for path in files:
        sheets = pd.read_excel(path, sheet_name=None, engine="calamine")
        summary = sheets[f"账号总体{path.stem[-4:-2]}数据"].set_index("指标")["数值"]
        for word in set(summary.index) & {name.removesuffix("趋势") for name in sheets}:
            trend = sheets[f"{word}趋势"]
            assert trend["日期"].is_monotonic_decreasing
            assert summary[word] == trend["数值"].sum(), (path.name, word)


def test_account_days_cover_the_programme_without_a_gap(inbox: Path) -> None:
    for account in ("hq-xhs", "branch-linjiang-xhs"):
        days: set[str] = set()
        for path in (inbox / account).glob("*/近*日涨粉数据.xlsx"):
            sheet = pd.read_excel(path, sheet_name="新增关注趋势", engine="calamine")
            days |= set(sheet["日期"])
        start = date(2026, 8, 17)
        assert days == {f"{start + number * DAY:%Y年%m月%d日}" for number in range(91)}


def test_counted_followers_move_by_the_net_of_the_days(inbox: Path) -> None:
    parts = [pd.read_csv(path) for path in sorted(inbox.glob("bank/*/follower_counts.csv"))]
    counts = pd.concat(parts).set_index(["account_id", "counted_on"])["followers"]
    assert counts.groupby("account_id").size().unique().tolist() == [14]
    path = inbox / "hq-xhs" / "2026-11-16" / "近30日涨粉数据.xlsx"
    net = pd.read_excel(path, sheet_name="净涨粉趋势", engine="calamine")["数值"]
    moved = counts["hq-xhs", "2026-11-16"] - counts["hq-xhs", "2026-11-09"]
    assert moved == net.head(7).sum()


def test_every_source_code_in_the_events_is_in_the_register(
    inbox: Path, events: pd.DataFrame
) -> None:
    links = pd.read_csv(inbox / "bank" / "2026-11-16" / "links.csv")
    assert links["source_code"].is_unique
    assert set(events["source_code"].dropna()) <= set(links["source_code"])
    accounts = pd.read_csv(inbox / "bank" / "2026-11-16" / "accounts.csv")
    assert set(links["account_id"]) == set(accounts["account_id"])
    assert len(set(accounts["account_id"])) == 24
    assert set(accounts["platform"]) == set(PLATFORMS)


def test_the_account_that_moved_has_two_periods_that_meet(inbox: Path) -> None:
    accounts = pd.read_csv(inbox / "bank" / "2026-11-16" / "accounts.csv")
    moved = accounts[accounts["account_id"] == "wealth-video"].set_index("tier")
    assert moved.loc["head_office", "valid_to"] == "2026-09-13"
    assert moved.loc["line", "valid_from"] == "2026-09-14"
