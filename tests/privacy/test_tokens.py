"""Tokens of customer ids."""

import hashlib
import hmac

import pytest

from pipeline.errors import ConfigurationError
from pipeline.privacy.tokens import Tokens

KEY = b"sixteen bytes or"


def test_a_token_is_the_first_half_of_the_hmac_of_the_normalised_id() -> None:
    want = hmac.new(KEY, b"v1|customer|C0001", hashlib.sha256).digest()[:16]
    assert Tokens(KEY).token("C0001") == want


@pytest.mark.parametrize("written", ["c0001", " C0001\t", "Ｃ０００１"])
def test_one_person_written_in_another_way_is_one_token(written: str) -> None:
    assert Tokens(KEY).token(written) == Tokens(KEY).token("C0001")


def test_another_key_makes_another_token_and_another_key_id() -> None:
    one, other = Tokens(KEY), Tokens(KEY + b"!")
    assert one.token("C0001") != other.token("C0001")
    assert one.key_id != other.key_id
    assert one.key_id == hashlib.sha256(b"key-id|" + KEY).hexdigest()[:8]


def test_a_key_of_fewer_than_16_bytes_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="has 15 bytes; expected at least 16"):
        Tokens(KEY[:15])


def test_the_key_is_in_no_representation() -> None:
    assert KEY.decode() not in repr(Tokens(KEY))
