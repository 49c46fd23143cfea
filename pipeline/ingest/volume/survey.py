"""The first look at a file of millions of rows: only its keys, customer ids and free text.

Whether a key stands twice, and whether a customer id stands where none belongs, can only be told
of the whole file. Both are told by 64-bit hashes: one too many marks a plain row for the slower
and exact way, and changes nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.source import Column, Source
from pipeline.ingest.volume.blocks import Block, blocks
from pipeline.ingest.volume.layout import Layout
from pipeline.privacy.masking import MOST_SHAPES, Masker, shape
from pipeline.privacy.tokens import normalise

Hashes = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
_FEW = 2**16

_SHAPES = bytes(
    ord("9") if chr(i).isdigit() else ord("A") if chr(i).isalpha() else i for i in range(128)
) + bytes(range(128, 256))


class Hasher:
    """Hashes texts in the form that ids are compared in, many at a time."""

    def __init__(self) -> None:
        """Open the database whose hash it is; nothing is stored in it."""
        self._database = duckdb.connect(config={"threads": 1})

    def hashes(self, texts: pa.Array) -> Hashes:
        """Give a hash for each text, normalised."""
        self._database.register("texts", pa.table({"text": _normal(texts)}))
        found = self._database.execute("select hash(text) as hash from texts").fetchnumpy()
        return np.ascontiguousarray(found["hash"], np.uint64)


@dataclass
class Survey:
    """What the whole file says of its rows.

    again: sorted hashes of the keys that stand twice. texts: of the free texts that are also a
    customer id. ids: of the customer ids; lengths, shapes: theirs.
    """

    hasher: Hasher
    again: Hashes
    texts: Hashes
    ids: Hashes
    lengths: set[int] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)

    def stands_again(self, keys: pa.Array) -> Mask:
        """Say which rows share their key with another."""
        return self._any(self.again, keys)

    def may_be_id(self, texts: pa.Array) -> Mask:
        """Say which texts are also a customer id."""
        return self._any(self.texts, texts)

    def _any(self, known: Hashes, texts: pa.Array) -> Mask:
        if not len(known):
            return np.zeros(len(texts), np.bool_)
        return _among(known, self.hasher.hashes(texts))

    def masker(self, cells: Iterable[str]) -> Masker:
        """Make the masker of some rows: it knows the ids of the file that stand in their cells."""
        parts = {
            text[start : start + length]
            for text in map(normalise, set(cells))
            for length in self.lengths
            for start in range(len(text) - length + 1)
        }
        texts = pa.array(sorted(parts), pa.string())
        known = texts.filter(pa.array(_among(self.ids, self.hasher.hashes(texts))))
        return Masker.knowing(known.to_pylist(), self.lengths, self.shapes)


def survey(layout: Layout, tell: Callable[[Block], None]) -> Survey:
    """Read a file once for what only the whole of it says; `tell` hears of each block."""
    look = _Look(layout.found.source)
    headers = [h for h in (*look.free, *look.identities) if h in layout.found.at]
    for block in blocks(layout, headers):
        tell(block)
        look.at(block.columns)
        look.at(_columns_of_rest(block, layout, headers))
    return look.result()


def _columns_of_rest(block: Block, layout: Layout, headers: Sequence[str]) -> dict[str, pa.Array]:
    rows = [row for _, row in block.rest]
    places = {header: layout.found.at[header] for header in headers}
    return {
        header: pa.array([r[at].strip() if at < len(r) else "" for r in rows], pa.string())
        for header, at in places.items()
    }


class _Look:
    def __init__(self, source: Source) -> None:
        self.source = source
        columns = [c for c in source.columns if isinstance(c, Column) and c.type.free]
        self.key = next(c.headers[0] for c in columns if c.name in source.key)
        self.free = [c.headers[0] for c in columns]
        self.identities = [c.headers[0] for c in source.identities]
        self.hasher = Hasher()
        self.keys = _Growing()
        self.others = _Distinct()
        self.ids = _Distinct()
        self.lengths: set[int] = set()
        self.shapes: set[str] = set()

    def at(self, columns: dict[str, pa.Array]) -> None:
        for header, texts in columns.items():
            if header == self.key:
                self.keys.add(self.hasher.hashes(texts))
            elif header in self.identities:
                self._ids(texts)
            else:
                self.others.add(self.hasher.hashes(texts.unique()))

    def _ids(self, texts: pa.Array) -> None:
        ids = texts.unique()
        ids = ids.filter(pc.invert(pc.is_in(ids, pa.array(self.source.missing))))
        self.ids.add(self.hasher.hashes(ids))
        normal = _normal(ids)
        self.lengths |= set(pc.utf8_length(normal).unique().to_pylist()) - {0}
        if len(self.shapes) <= MOST_SHAPES:
            self.shapes |= set(_shapes(normal))

    def result(self) -> Survey:
        ids = self.ids.sorted()
        keys = self.keys.sorted()
        again = _distinct(keys[1:][keys[1:] == keys[:-1]])
        texts = ids[_among(keys, ids) | _among(self.others.sorted(), ids)]
        return Survey(self.hasher, again, texts, ids, self.lengths, self.shapes)


class _Growing:
    """Hashes one behind the other: the system moves a large array without copying it."""

    def __init__(self) -> None:
        self._room: Hashes = np.empty(1, np.uint64)
        self.held = 0

    def add(self, hashes: Hashes) -> None:
        end = self.held + len(hashes)
        if end > len(self._room):
            self._room.resize(end + end // 8, refcheck=False)
        self._room[self.held : end] = hashes
        self.held = end

    def sorted(self) -> Hashes:
        """Give all of them, in order; to be let go of before more are added."""
        held = self._room[: self.held]
        held.sort()
        return held


class _Distinct(_Growing):
    """Distinct hashes, gathered with repeats and rid of them as they grow."""

    def __init__(self) -> None:
        super().__init__()
        self._limit = 2_000_000

    def add(self, hashes: Hashes) -> None:
        super().add(hashes)
        if self.held > self._limit:
            self.sorted()
            self._limit = max(self._limit, 2 * self.held)

    def sorted(self) -> Hashes:
        distinct = _distinct(super().sorted())
        self._room[: len(distinct)] = distinct
        self.held = len(distinct)
        return distinct


def _distinct(ordered: Hashes) -> Hashes:
    """Leave out repeats; np.unique hashes, which costs ten times as much."""
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)]]


def _among(known: Hashes, hashes: Hashes) -> Mask:
    """Say which hashes are among sorted ones."""
    if not len(known) or not len(hashes):
        return np.zeros(len(hashes), np.bool_)
    if len(known) > _FEW:
        return _stands_among(known, hashes)
    # Of few, a table of their last bits rules out nearly all others.
    bits = np.zeros(64 * _FEW, np.bool_)
    bits[known % np.uint64(len(bits))] = True
    among: Mask = bits[hashes % np.uint64(len(bits))]
    among[among] = _stands_among(known, hashes[among])
    return among


def _stands_among(known: Hashes, hashes: Hashes) -> Mask:
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    same: Mask = known[places] == hashes
    return same


def _normal(texts: pa.Array) -> pa.Array:
    """Normalise stripped texts as `normalise` does; in one go where all are ASCII."""
    if pc.all(pc.string_is_ascii(texts)).as_py() is False:
        return pa.array([normalise(text) for text in texts.to_pylist()], pa.string())
    return pc.ascii_upper(texts)


def _shapes(normal: pa.Array) -> list[str]:
    validity, offsets, cells = normal.buffers()
    if cells is None or not len(normal):
        return []
    if pc.all(pc.string_is_ascii(normal)).as_py() is False:
        return [shape(text) for text in normal.to_pylist()]
    drawn = pa.py_buffer(cells.to_pybytes().translate(_SHAPES))
    same = pa.Array.from_buffers(
        pa.string(), len(normal), [validity, offsets, drawn], offset=normal.offset
    )
    return list(same.unique().to_pylist())
