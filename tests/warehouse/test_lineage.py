"""Where columns come from: every published column is followed down to what was delivered."""

import pytest

from pipeline.errors import InputError
from pipeline.settings import load
from pipeline.warehouse.lineage import Lineage
from pipeline.warehouse.model import Model, read_models

PUBLISHED = [model for model in read_models() if model.schema == "published"]


@pytest.fixture(scope="module")
def lineage(tmp_path_factory: pytest.TempPathFactory) -> Lineage:
    return Lineage(load(home=tmp_path_factory.mktemp("home"), as_of="2026-11-16"))


def test_a_number_is_followed_to_the_staged_columns_behind_it(lineage: Lineage) -> None:
    found = {origin.column: origin for origin in lineage.of("published.subscriptions.customers")}
    first = found["published.subscriptions.customers"]
    assert first.depth == 0
    assert first.computed[0].startswith("COUNT(DISTINCT CASE WHEN orders.cooling_off = 'confirmed'")
    assert first.reads == (
        "core.attributed_events.cooling_off",
        "core.attributed_events.customer_token",
    )
    assert found["staging.bank_events.customer_token"].depth == 2
    assert found["staging.bank_events.customer_token"].reads == ()


def test_a_rate_is_followed_through_a_published_table(lineage: Lineage) -> None:
    columns = [origin.column for origin in lineage.of("published.weekly_steps.step_rate")]
    assert "published.weekly_funnel.persons" in columns
    assert "core.arrival_chains.depth" in columns
    assert any(column.startswith("staging.") for column in columns)


def test_settings_end_a_line(lineage: Lineage) -> None:
    columns = {origin.column for origin in lineage.of("published.weekly_funnel.mature")}
    assert {"settings.parameters.funnel_window_days", "settings.run.as_of"} <= columns


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: model.name)
def test_every_published_column_can_be_followed(lineage: Lineage, model: Model) -> None:
    for column in model.columns:
        for origin in lineage.of(f"{model.name}.{column}"):
            assert (
                origin.reads
                or origin.computed
                or origin.column.split(".")[0]
                in (
                    "staging",
                    "settings",
                )
            ), origin


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (
            "published.weekly_funel.persons",
            "没有表 published.weekly_funel.*published.weekly_funnel",
        ),
        ("published.weekly_funnel.person", "没有列 person.*persons"),
        ("persons", "没有表 persons"),
    ],
)
def test_an_unknown_column_is_refused_with_those_like_it(
    lineage: Lineage, column: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        lineage.of(column)
