from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture(scope="module")
def weekly(inbox: Path, events: pd.DataFrame) -> pd.DataFrame:
    """Coded clicks and arrivals by week, account: columns click, arrival."""
    links = pd.read_csv(inbox / "bank" / "2026-11-16" / "links.csv")
    coded = events.merge(links[["source_code", "account_id"]], on="source_code")
    local = coded["at"].dt.tz_convert("Asia/Shanghai")
    coded["week"] = local.dt.strftime("%G-W%V")
    return coded.groupby(["account_id", "week", "event_type"]).size().unstack(fill_value=0)


def follows(inbox: Path) -> pd.DataFrame:
    sheets = {}
    for name in ("新增关注趋势", "取消关注趋势"):
        parts = [
            pd.read_excel(path, sheet_name=name, engine="calamine")
            for path in sorted((inbox / "hq-xhs").glob("*/近*日涨粉数据.xlsx"))
        ]
        days = pd.concat(parts).drop_duplicates("日期", keep="last")
        at = pd.to_datetime(days["日期"], format="%Y年%m月%d日")
        sheets[name] = days["数值"].groupby(at.dt.strftime("%G-W%V")).sum()
    return pd.DataFrame(sheets)


def test_the_giveaway_wins_followers_that_leave_again(inbox: Path) -> None:
    weeks = follows(inbox)
    won = weeks["新增关注趋势"]
    assert 5 < won["2026-W42"] / won.drop("2026-W42").median() < 8
    left = weeks.loc["2026-W43":"2026-W45", "取消关注趋势"].sum()  # type: ignore[misc]
    assert 0.55 < left / won["2026-W42"] < 0.95


def test_the_giveaway_brings_few_customers(inbox: Path, events: pd.DataFrame) -> None:
    mine = events["source_code"].str.startswith("hq-xhs-", na=False)
    arrivals = events[mine & (events["event_type"] == "arrival")].copy()
    arrivals["week"] = arrivals["at"].dt.tz_convert("Asia/Shanghai").dt.strftime("%G-W%V")
    new = set(events.loc[events["event_type"] == "registered", "customer_id"])
    rate = arrivals["customer_id"].isin(new).groupby(arrivals["week"]).mean()
    assert rate["2026-W42"] < 0.5 * rate.drop("2026-W42").median()


def test_linjiang_gets_clicks_but_no_arrivals(weekly: pd.DataFrame) -> None:
    both = weekly.loc["branch-linjiang-xhs"] + weekly.loc["branch-linjiang-mp"]
    assert both["click"].iloc[-4:].is_monotonic_increasing
    assert both["click"]["2026-W46"] > 2 * both["click"]["2026-W42"]
    assert both["arrival"].iloc[-4:].mean() <= both["arrival"].iloc[:-4].mean() * 1.1


def test_wealth_mp_sells_most_with_few_reads(inbox: Path, events: pd.DataFrame) -> None:
    arrived = events[(events["event_type"] == "arrival") & events["source_code"].notna()]
    account = arrived.drop_duplicates("customer_id").set_index("customer_id")["source_code"]
    account = account.str.replace(r"-(p\d+|home|menu|live|push|ticket)$", "", regex=True)
    orders = events[events["event_type"] == "wealth_subscription"]
    amounts = orders.groupby(orders["customer_id"].map(account))["amount"].agg(["sum", "size"])
    assert amounts["sum"].idxmax() == "wealth-mp" and amounts["size"].idxmax() == "wealth-mp"


def test_the_last_week_moves_the_card_line(weekly: pd.DataFrame) -> None:
    cards = weekly.loc["cards-xhs"] + weekly.loc["cards-video"]
    assert cards["click"]["2026-W46"] > 1.4 * cards["click"]["2026-W45"]
    assert cards["arrival"]["2026-W46"] > cards["arrival"]["2026-W45"]
