"""Mapping files: an operator says once what the columns of a table hold.

A mapping file is named `mapping.toml` (or `<anything>.mapping.toml`) and counts for the files of
its folder and the folders below. It makes a declared shape of platforms/mapped.py into a Source
with the table's own headers; everything after that is as for any source. docs/MAPPING.md shows one.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.ingest.feeds import Feed, feed
from pipeline.ingest.inbox import MAPPING
from pipeline.ingest.mapping_file import MappingFile
from pipeline.ingest.platforms import mapped
from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import TIME, Type, local_date, local_time

KEYS = ("platform", "kind", "columns", "units", "formats", "ignore", "missing")
SHAPES = {source.name: source for source in mapped.SOURCES}
_DRAWN = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "hh": "%H", "mm": "%M", "ss": "%S"}
_PART = re.compile("|".join(_DRAWN))


@dataclass(frozen=True)
class Mappings:
    """What the mapping files say that count for one file."""

    sources: tuple[Source, ...] = ()
    feeds: tuple[Feed, ...] = ()


def mappings_for(path: Path, top: Path) -> Mappings:
    """Read the mapping files of a file's folder and of those above it, up to `top`.

    Where the file does not lie below `top`, only its own folder counts. Raises FileRefused with
    the mapping file, the key and what is expected there.
    """
    folders = [folder for folder in path.parents if folder.is_relative_to(top)] or [path.parent]
    files = [MappingFile.read(file, top) for folder in folders for file in _mapping_files(folder)]
    return Mappings(
        tuple(source(file) for file in files if not file.of_events),
        tuple(feed(file) for file in files if file.of_events),
    )


def mapping_id(folder: Path, top: Path) -> str | None:
    """Know the mapping files that count for the files of a folder by their bytes; None without any.

    top: as for `mappings_for`. A file read under another id than now is read anew.
    """
    folders = [up for up in (folder, *folder.parents) if up.is_relative_to(top)]
    known = hashlib.sha256()
    files = [file for up in folders for file in _mapping_files(up)]
    for file in files:
        try:
            known.update(hashlib.sha256(file.read_bytes()).digest())
        except OSError:  # whoever reads a table by it says why
            known.update(b"cannot be read")
    return known.hexdigest()[:16] if files else None


def _mapping_files(folder: Path) -> Iterable[Path]:
    return [
        file
        for file in sorted(folder.glob("*"))
        if file.name.lower().endswith(MAPPING) and not file.name.startswith((".", "~$"))
        if file.is_file() and not file.is_symlink()
    ]


def source(file: MappingFile) -> Source:
    """Make the declared shape a mapping file names into a Source with the table's own headers."""
    file.only(KEYS)
    shape = SHAPES.get(f"{file.text('platform')}_{file.text('kind')}")
    if shape is None:
        found = f"{file.text('platform')!r} with kind {file.text('kind')!r}"
        raise file.refused("platform", found, "one of " + ", ".join(SHAPES) + " (platform_kind)")
    columns = {c.name: c for c in shape.columns if isinstance(c, Column)}
    headers = file.headers(columns)
    _require(file, shape, columns, headers)
    units, formats = file.table("units"), file.table("formats")
    file.known("units", units, [n for n in headers if _units(columns[n])], "a mapped metric")
    file.known("formats", formats, [n for n in headers if _is_moment(columns[n])], "a mapped day")
    return replace(
        shape,
        columns=tuple(
            replace(
                column,
                header=headers[name],
                type=_type(file, column, units, formats),
                optional=False,
            )
            if name in headers
            else replace(column, header=f"‹{name}: not mapped›", optional=True)
            for name, column in columns.items()
        ),
        missing=(*shape.missing, "--", *file.texts("missing")),
        ignore=file.texts("ignore"),
        by_mapping=False,
        declared_in=file.name,
    )


def _require(
    file: MappingFile, shape: Source, columns: Mapping[str, Column], headers: Mapping[str, Any]
) -> None:
    for name, column in columns.items():
        if not column.optional and name not in headers:
            raise file.refused(f"columns.{name}", "nothing", "the header of that column")
    if shape.name.endswith("_posts") and not set(mapped.ID_OR_TITLE) & headers.keys():
        raise file.refused("columns", "a post without a name", "post_ref or title, mapped")
    metrics = [name for name, column in columns.items() if _units(column)]
    if not headers.keys() & set(metrics):
        raise file.refused("columns", "no metric", "one of " + ", ".join(metrics))


def _units(column: Column) -> Mapping[str, Type]:
    """Give the units a column may be written in, by their words; none for text and moments."""
    return next((units for units in mapped.UNITS if column.type in units.values()), {})


def _is_moment(column: Column) -> bool:
    return column.name in ("day", "published_at")


def _type(
    file: MappingFile, column: Column, units: Mapping[str, Any], formats: Mapping[str, Any]
) -> Type:
    if _is_moment(column):
        return _moment(file, column, formats.get(column.name))
    words = _units(column)
    if not words:
        return column.type
    unit = units.get(column.name)
    if unit is None and (words is mapped.COUNTS or words is mapped.NETS):
        return column.type
    if not isinstance(unit, str) or unit not in words:
        found = "nothing" if unit is None else repr(unit)
        raise file.refused(f"units.{column.name}", found, "one of " + ", ".join(words))
    return words[unit]


def _moment(file: MappingFile, column: Column, drawn: Any) -> Type:
    forms = [drawn] if isinstance(drawn, str) else drawn
    expected = 'a form such as "YYYY-MM-DD hh:mm:ss", or a list of forms'
    key = f"formats.{column.name}"
    if not isinstance(forms, list) or not forms:
        raise file.refused(key, "nothing" if drawn is None else repr(drawn), expected)
    for form in forms:
        if not isinstance(form, str) or not all(p in form for p in ("YYYY", "MM", "DD")):
            raise file.refused(key, repr(form), expected)
        if "%" in form or re.search("[A-Za-z]", _PART.sub("", form)):
            raise file.refused(key, repr(form), f"{expected}, of " + " ".join(_DRAWN))
    written = [strptime_form(form) for form in forms]
    return local_time(*written) if column.type.arrow == TIME else local_date(*written)


def strptime_form(drawn: str) -> str:
    """Write a form as strptime does: YYYY-MM-DD hh:mm as %Y-%m-%d %H:%M."""
    return _PART.sub(lambda part: _DRAWN[part[0]], drawn)
