"""Ids made of a person's number are known; ids of the usual makes are not refused by chance."""

import random
import uuid
from collections.abc import Callable

import pyarrow as pa
import pytest

from pipeline.ingest.units import bank_row_id
from pipeline.privacy.row_ids import names_person

OF_PERSONS = [
    "13800138000",
    "E13800138000",
    "20261102-13800138000-1",
    "LOGIN_8613800138000",
    "+86 138-0013-8000",
    "１３８00138000",
    "11010519491231002X",
    "440308199901101512",
    "app/11010519491231002x/7",
    "6222600260001072444",
    "EVT6225 8801 2345 6783",
    "a.person@bank.example",
]
OF_NOBODY = [
    "E2026110200001",
    "110105194912310021",  # no identity number: its check digit is X
    "440308202611021516",  # an area, the day of the event, a check digit that fits
    "6225880123456786",  # no card number: its sum is wrong
    "138001380001",
    "12800138000",
    "20261102091500123",
    "客户事件-7",
    "4f13800138000abc",
    "13800138-0000-4000-8000-138001380000",
]
DRAWN = 200_000


def snowflake(draw: random.Random, at: int) -> str:
    return str(((400_000_000_000 + at * 37) << 22) | draw.getrandbits(12))


def snowflake_of_a_young_service(draw: random.Random, at: int) -> str:
    """18 digits that begin with 62: UnionPay's prefix, for four weeks of a counter's life."""
    return str(620_000_000_000_000_000 + draw.randrange(10**16))


def uuid4(draw: random.Random, at: int) -> str:
    return str(uuid.UUID(int=draw.getrandbits(128), version=4))


def digest(draw: random.Random, at: int) -> str:
    return f"{draw.getrandbits(128):032x}"


def day_and_serial(draw: random.Random, at: int) -> str:
    return f"20261102{draw.randrange(10**10):010}"


def branch_day_and_serial(draw: random.Random, at: int) -> str:
    return f"{draw.choice((110105, 440300, 310115))}20261102{at % 10_000:04}"


def microseconds(draw: random.Random, at: int) -> str:
    return str(1_763_000_000_000_000 + at * 1371)


def serial(draw: random.Random, at: int) -> str:
    return str(10**10 + at)


def any_18_digits(draw: random.Random, at: int) -> str:
    return str(draw.randrange(10**17, 10**18))


def any_16_digits(draw: random.Random, at: int) -> str:
    return str(draw.randrange(10**15, 10**16))


@pytest.mark.parametrize("row_id", OF_PERSONS)
def test_an_id_made_of_a_number_of_a_person_is_known(row_id: str) -> None:
    assert names_person(row_id)


@pytest.mark.parametrize("row_id", OF_NOBODY)
def test_an_id_that_only_looks_long_is_kept(row_id: str) -> None:
    assert not names_person(row_id)


@pytest.mark.parametrize(
    ("make", "per_million"),
    [
        (uuid4, 0),
        (digest, 0),
        (snowflake, 0),
        (microseconds, 0),
        (day_and_serial, 0),
        (branch_day_and_serial, 0),
        (serial, 0),
        (any_18_digits, 50),
        (snowflake_of_a_young_service, 300),
        (any_16_digits, 20_000),  # a Visa, Mastercard or UnionPay number in all but name
    ],
)
def test_how_many_usual_ids_are_refused_by_chance(
    make: Callable[[random.Random, int], str], per_million: int
) -> None:
    draw = random.Random(11)
    ids = [make(draw, at) for at in range(DRAWN)]
    assert bank_row_id.plain is not None
    _, taken = bank_row_id.plain(pa.array(ids))
    doubtful = [one for one, plain in zip(ids, taken.to_pylist(), strict=True) if not plain]
    refused = sum(map(names_person, doubtful))
    assert refused * 1_000_000 <= per_million * DRAWN
    assert not any(map(names_person, draw.sample(sorted(set(ids) - set(doubtful)), 2000)))
