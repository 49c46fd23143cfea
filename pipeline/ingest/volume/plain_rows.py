"""The plain rows of a block, converted a column at a time; the odd ones are only named."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.convert import NO_VALUE
from pipeline.ingest.source import ByName, Column, Identity, Source, lake_fields
from pipeline.ingest.units import Type
from pipeline.ingest.volume.blocks import Block
from pipeline.privacy.tokens import TOKEN_BYTES

TokensOf = Callable[[Sequence[str]], bytes]
"""Customer ids -> their tokens, 16 bytes each, one behind the other."""

Mask = npt.NDArray[np.bool_]


def plain_rows(source: Source, block: Block, tokens: TokensOf) -> tuple[pa.Table, Mask]:
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
                _identity(declared, source, texts, tokens)
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
    declared: Identity, source: Source, texts: pa.Array, tokens: TokensOf
) -> tuple[pa.Array, pa.Array]:
    encoded = texts.dictionary_encode()
    ids = encoded.dictionary
    missing = pc.is_in(ids, pa.array(source.missing))
    # Digits and something else are perhaps a number that a spreadsheet made of an id.
    doubtful = pc.and_(
        pc.match_substring_regex(ids, r"^[^A-Za-z]"), pc.invert(pc.ascii_is_decimal(ids))
    )
    known = pc.invert(pc.or_(missing, doubtful))
    made = np.zeros((len(ids), TOKEN_BYTES), np.uint8)
    places = np.flatnonzero(known.to_numpy(zero_copy_only=False))
    data = tokens(ids.filter(known).to_pylist())
    made[places] = np.frombuffer(data, np.uint8).reshape(-1, TOKEN_BYTES)
    stored = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(TOKEN_BYTES), len(ids), [None, pa.py_buffer(made)]
    )
    values = pc.if_else(known, stored, pa.scalar(None, stored.type)).take(encoded.indices)
    plain = (pc.or_(known, missing) if declared.nullable else known).take(encoded.indices)
    return pa.ExtensionArray.from_storage(pa.uuid(), values), plain
