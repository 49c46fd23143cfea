import json
from decimal import Decimal
from pathlib import Path

import pytest

ANSWERS = Path(__file__).parents[1] / "known_answers" / "bank_metrics" / "cmb_tiers.json"
CMB = {case["case"]: case for case in json.loads(ANSWERS.read_text("utf-8"))}
BANDS = ("mass", "gold", "platinum", "diamond", "private")


@pytest.fixture
def october(given):
    given["core.place_months"] = """
        month      | is_complete | level    | tier         | platform     | account_id
        2026-10-01 | true        | bank     |              |              | hq
        2026-10-01 | true        | bank     |              |              | (none)
        2026-10-01 | true        | tier     | head_office  |              | hq
        2026-10-01 | true        | tier     | unattributed | unattributed | (none)
        2026-10-01 | true        | platform |              | douyin       | hq
        2026-11-01 | false       | bank     |              |              | hq
    """
    given["core.wealth_bands"] = """
        band | wealth_tier | from_yuan
        0    | mass        | 0
        1    | gold        | 50000
    """


def test_customers_are_told_by_wealth_tier_and_all_together(given, assert_built, october):
    given["core.asset_moves"] = """
        month      | account_id | band | from_band | customers | watched | aum_yuan
        2026-10-01 | hq         | 1    | 0         | 2         | 0       | 120000.00
        2026-10-01 | hq         | 0    | 1         | 1         | 0       | 10.00
        2026-10-01 | hq         | 1    | 1         | 4         | 3       | 210000.00
        2026-10-01 | (none)     | 0    |           | 8         | 0       | 80.00
        2026-11-01 | hq         | 0    | 0         | 9         | 0       | 90.00
    """
    assert_built(
        "published.asset_persons",
        """
        wealth_tier | tier         | platform     | customers | watched | moved_up | moved_down
                    |              |              | 15        | 3       | 2        | 1
                    | head_office  |              | 7         | 3       | 2        | 1
                    |              | douyin       | 7         | 3       | 2        | 1
                    | unattributed | unattributed | 8         | 0       | 0        | 0
        mass        |              |              | 9         | 0       | 0        | 1
        mass        | head_office  |              | 1         | 0       | 0        | 1
        mass        |              | douyin       | 1         | 0       | 0        | 1
        mass        | unattributed | unattributed | 8         | 0       | 0        | 0
        gold        |              |              | 6         | 3       | 2        | 0
        gold        | head_office  |              | 6         | 3       | 2        | 0
        gold        |              | douyin       | 6         | 3       | 2        | 0
        gold        | unattributed | unattributed | 0         | 0       | 0        | 0
        """,
    )


def test_the_first_month_has_no_moves_and_a_basis_that_was_not_delivered_is_unknown(
    given, assert_built, october
):
    given["core.asset_moves"] = """
        month      | account_id | band | from_band | customers | aum_yuan | point_customers
        2026-10-01 | hq         | 0    |           | 2         | 20.00    | 0
    """
    given.build("published.asset_persons")
    found = given.connection.execute(
        "select customers, aum_yuan, moved_up, moved_down, point_customers, point_aum_yuan"
        " from published.asset_persons where level = 'bank' and wealth_tier is null"
    ).fetchall()
    assert found == [(2, Decimal("20.00"), None, None, None, None)]


def test_per_customer_has_three_bases(given, assert_built):
    given["published.asset_persons"] = """
        level | tier         | wealth_tier | customers | aum_yuan | point_customers | point_aum_yuan
        bank  |              |             | 80        | 800.00   | 40              | 600.00
        bank  |              | mass        | 80        | 800.00   | 40              | 600.00
        tier  | head_office  |             | 30        | 90.01    | 0               |
        tier  | unattributed |             | 50        | 700.00   | 40              | 600.00
    """
    given["published.monthly_persons"] = """
        level | tier         | mau | aum_yuan | suppressed
        bank  |              | 60  | 120.00   |
        tier  | head_office  | 20  | 100.00   |
        tier  | unattributed | 40  | 20.00    | stable_mau
    """
    for table in ("asset_persons", "monthly_persons"):
        given.connection.execute(f"update published.{table} set month = date '2026-10-01'")
    assert_built(
        "published.assets",
        """
        tier         | aum_per_customer | point_aum_per_customer | aum_per_mau | suppressed
                     | 10.00            | 15.00                  | 2.00        |
        head_office  | 3.00             |                        | 5.00        |
        unattributed | 14.00            | 15.00                  | 0.50        |
        """,
    )
    assert_built(
        "published.assets",
        """
        tier         | attributed_mau | attributed_aum_yuan | aum_per_attributed_mau
                     | 20             | 100.00              | 5.00
        head_office  | 20             | 100.00              | 5.00
        unattributed |                |                     |
        """,
    )


def test_what_is_withheld_of_the_unattributed_does_not_come_back(given, assert_built):
    given["published.asset_persons"] = """
        month      | level | tier         | customers | suppressed
        2026-10-01 | bank  |              | 80        |
        2026-10-01 | tier  | unattributed |           | customers,watched
    """
    given["published.monthly_persons"] = """
        month      | level | tier         | mau | aum_yuan | suppressed
        2026-10-01 | bank  |              | 60  | 120.00   |
        2026-10-01 | tier  | unattributed |     |          | mau,stable_mau
    """
    assert_built(
        "published.assets",
        """
        tier         | mau | aum_per_mau | attributed_mau | attributed_aum_yuan | suppressed
                     | 60  | 2.00        |                |                     |
        unattributed |     |             |                |                     | customers,mau
        """,
    )


def shares(given, tiers, unit):
    """Publish customers and AUM by wealth tier; give share of both in % and AUM a head in 万元."""
    total = [sum(numbers) for numbers in zip(*tiers.values(), strict=True)]
    rows = [("", *total), *((name, *numbers) for name, numbers in tiers.items())]
    given["published.asset_persons"] = "\n".join(
        ["month | level | wealth_tier | customers | aum_yuan"]
        + [
            f"2022-12-01 | bank | {name} | {round(people * 10**4)} | {money * unit:.2f}"
            for name, people, money in rows
        ]
    )
    given.build("core.wealth_bands", "published.wealth_tiers")
    found = given.connection.execute(
        "select wealth_tier, 100 * customer_share, 100 * aum_share, aum_per_customer / 10000"
        " from published.wealth_tiers"
    ).fetchall()
    return {name: [round(float(number), 2) for number in numbers] for name, *numbers in found}


def test_shares_and_assets_a_head_as_an_annual_report_has_them(given):
    case = CMB["cmb2022"]
    of, answers = case["given"], case["expected"]
    private = of["private_customers"], of["private_aum"]
    gold = (
        of["gold_and_up_customers"] - private[0],
        of["gold_and_up_aum"] - private[1],
    )
    mass = (
        of["all_customers"] - of["gold_and_up_customers"],
        of["all_aum"] - of["gold_and_up_aum"],
    )
    found = shares(given, {"mass": mass, "diamond": gold, "private": private}, 10**8)
    for name, key in (("private", "private"), ("diamond", "gold_only"), ("mass", "rest")):
        want = answers[key]
        assert found[name][::2] == [want["share_customers_pct"], want["aum_per_head_wan"]]
        # Of the rest it is what the other shares, rounded, leave of 100.
        assert found[name][1] == pytest.approx(want["share_aum_pct"], abs=0.0101)


def test_shares_of_another_annual_report(given):
    case = CMB["cmb2021"]
    of, want = case["given"], case["expected"]
    gold = of["gold_and_up_customers"], of["gold_and_up_aum"]
    mass = of["all_customers"] - gold[0], of["all_aum"] - gold[1]
    found = shares(given, {"mass": mass, "gold": gold}, 10**8)
    assert found["gold"] == [
        want["gold_share_customers_pct"],
        want["gold_share_aum_pct"],
        want["gold_aum_per_head_wan"],
    ]


def test_each_band_begins_where_the_parameters_say(given, assert_built):
    given.parameters(gold_yuan=7, private_yuan=9)
    assert_built(
        "core.wealth_bands",
        """
        band | wealth_tier | from_yuan
        0    | mass        | 0
        1    | gold        | 7
        2    | platinum    | 200000
        3    | diamond     | 500000
        4    | private     | 9
        """,
    )


def test_the_flow_between_wealth_tiers_has_the_sums_of_both(given, assert_built, october):
    given["core.place_months"] = """
        month      | is_complete | account_id
        2026-09-01 | true        | hq
        2026-10-01 | true        | hq
        2026-11-01 | false       | hq
    """
    given["core.asset_moves"] = """
        month      | account_id | band | from_band | customers
        2026-09-01 | hq         | 0    |           | 90
        2026-10-01 | hq         | 1    | 0         | 20
        2026-10-01 | hq         | 0    | 0         | 30
        2026-10-01 | (none)     | 0    | 0         | 40
        2026-10-01 | hq         | 1    |           | 50
        2026-10-01 | hq         |      | 1         | 0
        2026-11-01 | hq         | 0    | 0         | 60
    """
    assert_built(
        "published.wealth_flow",
        """
        month      | from_tier | to_tier | customers
        2026-10-01 | mass      | gold    | 20
        2026-10-01 | mass      | mass    | 70
        2026-10-01 | mass      |         | 90
        2026-10-01 | unknown   | gold    | 50
        2026-10-01 | unknown   |         | 50
        2026-10-01 |           | gold    | 70
        2026-10-01 |           | mass    | 70
        """,
    )


def test_holders_are_counted_of_whom_a_product_is_known(given, assert_built, october):
    given["core.customer_assets"] = """
        month      | customer_token                       | account_id | has_deposits | has_funds
        2026-10-01 | 00000000-0000-0000-0000-000000000001 | hq         | true         | false
        2026-10-01 | 00000000-0000-0000-0000-000000000002 | hq         | false        |
        2026-10-01 | 00000000-0000-0000-0000-000000000003 | (none)     | true         |
    """
    given.build("core.product_months")
    assert_built(
        "published.product_penetration",
        """
        product  | tier         | platform     | customers | holders | penetration  | rate_low
        deposits |              |              | 3         | 2       | 0.6666666667 | 0.207660
        deposits |              | douyin       | 2         | 1       | 0.5          | 0.0945312
        deposits | head_office  |              | 2         | 1       | 0.5          | 0.0945312
        deposits | unattributed | unattributed | 1         | 1       | 1            | 0.206549
        funds    |              |              | 1         | 0       | 0            | 0
        funds    |              | douyin       | 1         | 0       | 0            | 0
        funds    | head_office  |              | 1         | 0       | 0            | 0
        funds    | unattributed | unattributed | 0         | 0       |              |
        """,
    )
