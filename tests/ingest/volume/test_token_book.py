"""An id has the token it has everywhere, however many a file holds and however long they are."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.volume import token_book
from pipeline.ingest.volume.token_book import TokenBook
from pipeline.privacy.tokens import Tokens

TOKENS = Tokens(b"a key only for this test")


def tokens_of(book: TokenBook, texts: pa.Array) -> list[bytes]:
    """Look texts up, and make what is not there, as the rows of a block are."""
    made, found = book.look_up(texts)
    rest = np.flatnonzero(~found)
    encoded = texts.take(pa.array(rest)).dictionary_encode()
    made[rest] = book.make(encoded.dictionary)[encoded.indices.to_numpy()]
    return [row.tobytes() for row in made]


def want(texts: list[str]) -> list[bytes]:
    return [TOKENS.token(text) for text in texts]


@given(st.lists(st.lists(st.text(st.characters(codec="ascii"), max_size=30), max_size=40)))
def test_every_id_has_its_own_token(blocks: list[list[str]]) -> None:
    book = TokenBook(TOKENS, 20)
    for block in blocks:
        texts = [text.replace("\x00", "0") for text in block]
        assert tokens_of(book, pa.array(texts, pa.string())) == want(texts)


@pytest.mark.parametrize("most", [0, 1, 700, 5000])
def test_a_full_book_makes_the_others_anew(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(token_book, "MOST", most)
    book = TokenBook(TOKENS, 5000)
    ids = [f"C{i:011}" for i in range(1000)]
    for _ in range(2):
        assert tokens_of(book, pa.array(ids)) == want(ids)
    _, found = book.look_up(pa.array(ids))
    assert found.sum() == min(most, 1000)


def test_an_id_that_was_met_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    book = TokenBook(TOKENS, 100)
    ids = ["客户一", "C1", "C10", "C" * 24, "1", "01"]
    tokens_of(book, pa.array(ids))
    monkeypatch.setattr(TOKENS, "tokens", None)
    made, found = book.look_up(pa.array(["x", *ids, ""]).slice(1))
    assert found.tolist() == [True] * 6 + [False]
    monkeypatch.undo()
    assert [row.tobytes() for row in made[:6]] == want(ids)


def test_ids_at_the_same_place_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TokenBook, "_home", lambda self, ids: np.full(len(ids), 30))
    book = TokenBook(TOKENS, 15)
    ids = [f"C{i}" for i in range(15)]
    assert tokens_of(book, pa.array(ids[:9])) == want(ids[:9])
    assert tokens_of(book, pa.array(ids)) == want(ids)
    _, found = book.look_up(pa.array([*ids, "C99"]))
    assert found.tolist() == [True] * 15 + [False]
