"""The plain rows of a block, converted a column at a time; the odd ones are only named."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.convert import NO_VALUE
from pipeline.ingest.source import ByName, Column, Identity, Source, lake_fields
from pipeline.ingest.units import Type
from pipeline.ingest.volume.blocks import Block
from pipeline.ingest.volume.token_book import TokenBook, Words
from pipeline.privacy.tokens import TOKEN_BYTES

Mask = npt.NDArray[np.bool_]


def plain_rows(source: Source, block: Block, book: TokenBook) -> tuple[pa.Table, Mask]:
    """Convert what is plain.

    Gives as many rows as the block has, and which of them are good; of the others `convert` has
    to decide.
    """
    columns: dict[str, pa.Array] = {}
    taken = np.ones(len(block.lines), np.bool_)
    for declared in source.columns:
        texts = block.columns.get(declared.headers[0])
        (lake,) = lake_fields(declared)
        if texts is None:
            columns[lake.name] = pa.nulls(len(taken), lake.type)
        elif not isinstance(declared, ByName):
            columns[lake.name], plain = (
                _identity(declared, source, texts, book)
                if isinstance(declared, Identity)
                else _column(declared, source, texts)
            )
            taken &= plain.to_numpy(zero_copy_only=False)
    columns["source_sheet"] = pa.nulls(len(taken), pa.string())
    columns["source_line"] = pa.array(block.lines, pa.int32())
    return pa.table(columns), taken


def _column(declared: Column, source: Source, texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    missing = NO_VALUE if declared.type.free else source.missing
    if declared.type.plain is None:
        return _by_value(declared.type, texts, missing, declared.nullable)
    blank = pc.is_in(texts, pa.array(missing))
    values, plain = declared.type.plain(texts)
    if pc.any(blank).as_py():
        plain = pc.or_(plain, blank) if declared.nullable else pc.and_not(plain, blank)
        values = pc.if_else(blank, pa.scalar(None, values.type), values)
    return values, plain


def _by_value(
    kind: Type, texts: pa.Array, missing: Sequence[str], nullable: bool
) -> tuple[pa.Array, pa.Array]:
    """Convert each distinct text once, by the type's own word."""
    encoded = texts.dictionary_encode()
    values = []
    plain = []
    for text in encoded.dictionary.to_pylist():
        value = None
        if text in missing:
            plain.append(nullable and not kind.blank)
        else:
            try:
                value = kind.parse(text)
                plain.append(True)
            except ValueError:
                plain.append(False)
        values.append(value)
    decoded = pa.array(values, kind.arrow).take(encoded.indices)
    return decoded, pa.array(plain, pa.bool_()).take(encoded.indices)


def _identity(
    declared: Identity, source: Source, texts: pa.Array, book: TokenBook
) -> tuple[pa.Array, pa.Array]:
    made, known = book.look_up(texts)
    plain = known.copy()
    rest = np.flatnonzero(~known)
    if len(rest):
        encoded = texts.take(pa.array(rest)).dictionary_encode()
        ids = encoded.dictionary
        missing = pc.is_in(ids, pa.array(source.missing))
        # Digits and something else are perhaps a number that a spreadsheet made of an id.
        doubtful = pc.and_(
            pc.match_substring_regex(ids, r"^[^A-Za-z]"), pc.invert(pc.ascii_is_decimal(ids))
        )
        good = pc.invert(pc.or_(missing, doubtful))
        tokens = np.zeros((len(ids), made.shape[1]), np.uint64)
        tokens[_mask(good)] = book.make(ids.filter(good))
        indices = encoded.indices.to_numpy()
        made[rest] = tokens[indices]
        known[rest] = _mask(good)[indices]
        plain[rest] = _mask(pc.or_(good, missing) if declared.nullable else good)[indices]
    return _uuids(made, known), pa.array(plain)


def _mask(values: pa.Array) -> Mask:
    return np.asarray(values.to_numpy(zero_copy_only=False), np.bool_)


def _uuids(tokens: Words, known: Mask) -> pa.Array:
    validity = pa.py_buffer(np.packbits(known, bitorder="little"))
    stored = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(TOKEN_BYTES), len(known), [validity, pa.py_buffer(np.ascontiguousarray(tokens))]
    )
    return pa.ExtensionArray.from_storage(pa.uuid(), stored)
