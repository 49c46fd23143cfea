"""What may stand in a `where`: comparisons of columns with values, and nothing that does things."""

import pytest

from pipeline.errors import InputError
from pipeline.funnels.conditions import as_sql, check


@pytest.mark.parametrize(
    "text",
    [
        "amount >= 1000",
        "channel in ('app', 'mini') and not amount is null",
        "amount between 1 and 2 or channel like 'x%'",
        "(channel = 'it''s') or amount = -1",
        '"odd ""name" <> 1',
        "channel not in ('a') and channel is not null and vip",
    ],
)
def test_comparisons_are_allowed(text: str) -> None:
    assert check(text) == text
    assert as_sql(text, ["amount", "channel", "vip", 'odd "name'], "step 1").startswith("coalesce(")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("amount in (select 1)", "IN without a list"),
        ("amount = (select max(x) from t)", "SUBQUERY"),
        ("exists (select 1)", "EXISTS"),
        ("lower(channel) = 'x'", "LOWER"),
        ("read_text('/etc/passwd') = 'x'", "ANONYMOUS"),
        ("amount::int = 1", "CAST"),
        ("amount + 1 > 2", "ADD"),
        ("other.amount = 1", "the qualified column"),
        ("amount = ?", "PLACEHOLDER"),
        ("case when vip then amount end = 1", "CASE"),
        ("amount in (1, abs(2))", "ABS"),
        ("1; drop table x", "is not one condition"),
        ("amount = 1 and", "is no condition"),
        ("", "is not one condition"),
        ("'x'", "compares nothing"),
        ("amount = 1) or (1 = 1", "is no condition"),
    ],
)
def test_everything_else_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(ValueError, match="expected a condition on the columns") as refused:
        check(text)
    assert named in str(refused.value)


def test_a_comment_does_not_reach_the_query() -> None:
    assert "--" not in as_sql("amount = 1 -- or", ["amount"], "step 1")


def test_a_column_the_file_lacks_is_named_with_those_it_has() -> None:
    with pytest.raises(InputError) as refused:
        as_sql("amuont > 1", ["actor", "amount"], "step 2")
    assert "step 2: the condition 'amuont > 1' names the column amuont" in str(refused.value)
    assert "expected one of actor, amount" in str(refused.value)
