"""What a definition may say, and what is said of one that cannot be used."""

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.funnels import Funnel, read_definition

TWO = '[[steps]]\nevent = "a"\n[[steps]]\nevent = "b"\n'
NAMED = 'name = "f"\n'


def read(folder: Path, text: str) -> Funnel:
    file = folder / "f.toml"
    file.write_text(text, encoding="utf-8")
    return read_definition(file)


def test_what_is_not_said_has_its_agreed_default(tmp_path: Path) -> None:
    funnel = read(tmp_path, NAMED + TWO)
    assert (funnel.order, funnel.window, funnel.leaves) == ("ordered", 30 * 86_400, True)
    assert not funnel.model_copy(update={"order": "any"}).leaves


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("3600 seconds", 3600), ("1 minute", 60), ("2 hours", 7200), ("14 days", 1_209_600)],
)
def test_a_window_is_a_number_of_units(words: str, seconds: int, tmp_path: Path) -> None:
    assert read(tmp_path, f'{NAMED}window = "{words}"\n{TWO}').window == seconds


def broken(words: str) -> str:
    return f"[breakdown]\n{words}\n"


def between(first: int, last: int) -> str:
    return f'[[exclusions]]\nevent = "x"\nfrom_step = {first}\nto_step = {last}\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TWO, "key name: nothing found"),
        (NAMED + "steps = []", "key steps: 0 steps; expected 1 to 12"),
        (NAMED + '[[steps]]\nevent = "a"\n' * 13, "key steps: 13 steps; expected 1 to 12"),
        (NAMED + TWO + 'windw = "1 day"', "key steps.2.windw: not known; expected one of event"),
        (NAMED + 'ordr = "any"\n' + TWO, "key ordr: not known; expected one of name, order"),
        (NAMED + 'order = "loose"\n' + TWO, "key order: 'loose'; expected 'ordered', 'strict'"),
        (NAMED + 'window = "14"\n' + TWO, "key window: '14'; expected a whole number and a unit"),
        (NAMED + "window = 14\n" + TWO, "key window: 14; expected a whole number and a unit"),
        (NAMED + 'window = "0 days"\n' + TWO, "key window: '0 days'; expected"),
        (NAMED + TWO + "optional = 1", "key steps.2.optional: 1; expected true or false"),
        (NAMED + '[[steps]]\nevent = ""', "key steps.1.event: found an empty text"),
        (NAMED + '[[steps]]\nevent = "a"\noptional = true', "key steps.1.optional: the first step"),
        (NAMED + '[[steps]]\nevent = "a"\nwindow = "1 day"', "key steps.1.window: no step comes"),
        (NAMED + TWO + between(1, 3), "key exclusions.1: from_step 1, to_step 3; expected a range"),
        (NAMED + TWO + between(0, 1), "expected a range inside the funnel: 1 <= from_step < to_"),
        (NAMED + TWO + between(2, 2), "expected a range inside the funnel: 1 <= from_step < to_"),
        (NAMED + TWO + 'where = "x; drop"', "key steps.2.where: 'x; drop' is not one condition"),
        (NAMED + 'order = "any"\n' + TWO + "optional = true", 'has no meaning with order = "any"'),
        (NAMED + TWO + broken("value = 'last'"), "key breakdown.by: nothing found"),
        (
            NAMED + TWO + broken("by = 'q'\nof = 1"),
            "key breakdown.of: not known; expected one of by",
        ),
        (NAMED + TWO + broken("by = 'q'\nvalue = 'all'"), "key breakdown.value: 'all'; expected"),
        (NAMED + TWO + broken("by = 'q'\nstep = 1"), "breakdown.step: has no meaning with value"),
        (NAMED + TWO + broken("by = 'q'\nvalue = 'step'"), "breakdown.step: None; expected the nu"),
        (NAMED + TWO + broken("by = 'q'\nvalue = 'step'\nstep = 3"), "breakdown.step: 3; expected"),
        ("name = ", "cannot be read (Invalid value"),
    ],
)
def test_a_definition_that_cannot_be_used_says_which_key_and_what_is_expected(
    text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    assert str(refused.value).startswith(f"{tmp_path / 'f.toml'}: ")
    assert said in str(refused.value)


def test_an_absent_definition_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_definition(tmp_path / "no.toml")
