"""Which model after which, and what a layer may read."""

import pytest

from pipeline.errors import ModelError
from pipeline.warehouse.model import Model
from pipeline.warehouse.order import in_order


def model(name: str, *reads: str) -> Model:
    schema, table = name.split(".")
    return Model(schema, table, "select 1", "", (), {}, (), {}, frozenset(reads))


def test_a_model_follows_what_it_reads() -> None:
    models = [
        model("published.page", "core.b", "settings.run"),
        model("core.a", "staging.raw"),
        model("core.b", "core.c", "core.a"),
        model("core.c", "staging.raw"),
        model("staging.raw", "lake.raw"),
    ]
    names = [one.name for one in in_order(models)]
    assert names == ["staging.raw", "core.a", "core.c", "core.b", "published.page"]


def test_the_order_does_not_depend_on_the_order_the_files_come_in() -> None:
    models = [model("core.b"), model("staging.z"), model("core.a"), model("published.a")]
    want = ["staging.z", "core.a", "core.b", "published.a"]
    assert [one.name for one in in_order(models)] == want
    assert [one.name for one in in_order(models[::-1])] == want


def test_models_that_read_each_other_are_refused_with_the_circle() -> None:
    with pytest.raises(ModelError, match=r"in a circle: core\.\w <- core\.\w <- core\.\w"):
        in_order([model("core.a", "core.b"), model("core.b", "core.a")])


def test_a_model_that_reads_itself_is_refused() -> None:
    with pytest.raises(ModelError, match="in a circle"):
        in_order([model("core.a", "core.a")])


@pytest.mark.parametrize(
    ("name", "reads", "said"),
    [
        ("core.a", "core.none", "there is no such model"),
        ("core.a", "staging.none", "there is no such model"),
        ("core.a", "published.b", "a layer reads only the ones before it"),
        ("staging.a", "core.b", "a layer reads only the ones before it"),
        ("core.a", "other.b", "a layer reads only the ones before it"),
        ("core.a", "lake.b", "only staging reads the lake"),
        ("published.a", "lake.b", "only staging reads the lake"),
    ],
)
def test_a_model_that_reads_what_it_may_not_is_refused(name: str, reads: str, said: str) -> None:
    known = [model("core.b"), model("published.b")]
    with pytest.raises(ModelError, match=f"{name} reads {reads}: {said}"):
        in_order([*known, model(name, reads)])
