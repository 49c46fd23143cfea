"""Tokens of customer ids."""

import datetime as dt
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


SECOND, THIRD = b"another sixteen bytes", b"a third key of sixteen"


def test_a_further_key_makes_a_token_of_the_token() -> None:
    first = Tokens(KEY).token("C0001")
    want = hmac.new(SECOND, b"v1|rotated|" + first, hashlib.sha256).digest()[:16]
    assert Tokens(KEY, SECOND).token("C0001") == want


def test_a_token_at_rest_comes_to_where_its_id_would() -> None:
    chain = Tokens(KEY, SECOND, THIRD)
    for have, tokens in ((1, Tokens(KEY)), (2, Tokens(KEY, SECOND)), (3, chain)):
        assert chain.rotated(tokens.token("C0001"), have) == chain.token("C0001")
        assert chain.token("C0001") in chain.every(tokens.token("C0001"))


def test_every_length_of_a_chain_has_its_own_id_and_the_first_is_the_key_s() -> None:
    ids = Tokens(KEY, SECOND, THIRD).key_ids
    assert len(set(ids)) == 3
    assert ids[:2] == Tokens(KEY, SECOND).key_ids
    assert ids[0] == Tokens(KEY).key_id
    assert Tokens(KEY, THIRD, SECOND).key_id != ids[2]


def test_a_mark_of_an_erased_person_is_an_hmac_of_the_token_under_the_last_key() -> None:
    token = Tokens(KEY, SECOND).token("C0001")
    want = hmac.new(SECOND, b"v1|erased|" + token, hashlib.sha256).hexdigest()[:32]
    assert Tokens(KEY, SECOND).erasure_mark(token) == want


def test_who_was_erased_under_an_earlier_key_is_known_when_their_id_is_read() -> None:
    day = dt.date(2026, 11, 16)
    before = Tokens(KEY, SECOND)
    mark = before.erasure_mark(before.token("C0001"))
    chain = Tokens(KEY, SECOND, THIRD)
    chain.watch({mark: day})
    chain.tokens(["C0001", "C0002"])
    assert chain.returned == {chain.token("C0001"): day}
