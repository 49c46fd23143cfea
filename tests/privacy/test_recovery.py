"""Nothing that is withheld can be worked out: across tables, weeks and levels."""

import pytest

from pipeline import warehouse
from pipeline.settings import Settings
from tests.privacy.recovery import Numbers, Outsider, numbers


@pytest.fixture(scope="module")
def told(sample_run: Settings, tmp_path_factory: pytest.TempPathFactory) -> Numbers:
    """The sample's numbers where the smallest cell is two persons: nearly all of them."""
    home = tmp_path_factory.mktemp("told")
    (home / "lake").symlink_to(sample_run.lake)
    parameters = sample_run.parameters.model_copy(update={"small_cell": 2})
    settings = sample_run.model_copy(update={"home": home, "parameters": parameters})
    warehouse.build(settings)
    return numbers(settings.published_database)


@pytest.fixture(scope="module")
def outsider(told: Numbers) -> Outsider:
    return Outsider(told)


def test_an_outsider_works_out_nothing_that_is_withheld(
    sample_run: Settings, outsider: Outsider
) -> None:
    small_cell = sample_run.parameters.small_cell
    shown = numbers(sample_run.published_database)
    assert sum(1 for number in shown.values() if number is None) > 1000
    found, left = outsider.works_out(shown)
    assert {cell: number for cell, number in found.items() if 0 < number < small_cell} == {}
    assert [number for number in left if 0 < number < small_cell] == []


def test_one_who_finds_only_the_small_cells_withheld_works_many_out(
    sample_run: Settings, told: Numbers, outsider: Outsider
) -> None:
    small_cell = sample_run.parameters.small_cell
    shown = {
        cell: None if number is None or 0 < number < small_cell else number
        for cell, number in told.items()
    }
    found, _ = outsider.works_out(shown)
    right = {cell for cell, number in found.items() if told[cell] in (None, number)}
    assert len(right) == len(found) > 100
