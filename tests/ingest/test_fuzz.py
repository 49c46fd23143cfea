"""Readers meet damaged bytes: every file is read or refused with a reason, none ends the run.

Real files of the sample are cut, flipped, spliced and swapped with each other, in their bytes and,
for workbooks, in the parts inside the archive, where a checksum would hide the damage.
"""

import io
import json
import zipfile
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest import sources, workbook
from pipeline.ingest.container import FileRefused
from pipeline.ingest.digest import digest
from pipeline.ingest.history import is_all_zero, posts
from pipeline.ingest.land import Delivery, partitions, with_provenance
from pipeline.ingest.read import read_bytes
from pipeline.ingest.recognise import recognise
from pipeline.privacy.tokens import Tokens
from tests.conftest import KEY, SAMPLE

LARGEST = 200_000
DELIVERY = Delivery("0" * 16, "a", "hq", datetime(2026, 11, 16), "folder", None)
FORMS = (
    "hq-xhs/*/*.xlsx",
    "hq-mp/*/user_analysis.xls",
    "hq-mp/*/total_*",
    "hq-mp/*/tendency_*",
    "hq-video/*/*.csv",
    "bank/*/links.csv",
    "bank/*/accounts.csv",
    "bank/*/events-status.csv",
    "bank/*/balances-*.parquet",
)
TELLING = (
    b"",
    b"\x00",
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"\n",
    b'"',
    b"<",
    b"&#0;",
    b"\x80",
    b",",
)


@cache
def samples() -> tuple[bytes, ...]:
    """The smallest real file of each form."""
    found = []
    for form in FORMS:
        files = sorted((SAMPLE / "inbox").glob(form), key=lambda file: file.stat().st_size)
        found.append(Path(files[0]).read_bytes())
    assert all(len(data) < LARGEST for data in found)
    return tuple(found)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(samples()))
    if data.startswith(b"PK") and draw(st.booleans()):
        return _damaged_inside(draw, data)
    return _damage(draw, data)


def _damaged_inside(draw: st.DrawFn, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        hurt = draw(st.sampled_from(sorted(old.namelist())))
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _damage(draw, part) if name == hurt else part)
    return buffer.getvalue()


def _damage(draw: st.DrawFn, data: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 64))
        how = draw(st.sampled_from(("cut", "flip", "put", "drop", "repeat", "splice")))
        if how == "cut":
            data = data[:at]
        elif how == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ draw(st.integers(1, 255))]) + data[at + 1 :]
        elif how == "put":
            data = data[:at] + draw(st.sampled_from(TELLING)) + data[at + size :]
        elif how == "drop":
            data = data[:at] + data[at + size :]
        elif how == "repeat":
            data = data[:at] + data[at : at + size] * 3 + data[at + size :]
        elif how == "splice":
            other = draw(st.sampled_from(samples()))
            data = data[:at] + other[at : at + size] + data[at + size :]
    return data


@settings(max_examples=1200, suppress_health_check=list(HealthCheck))
@given(data=damaged())
def test_a_damaged_file_is_read_or_refused_and_its_rows_reconcile(data: bytes) -> None:
    try:
        tables = recognise(read_bytes(data), sources()).tables
    except FileRefused as problem:
        assert problem.found and problem.expected and problem.action
        return
    digested = digest(tables, Tokens(KEY.encode()).token)
    for dataset in digested.datasets:
        rows = dataset.table.num_rows
        assert dataset.delivered == rows + dataset.repeated + dataset.refused
        table = with_provenance(dataset, DELIVERY)
        assert sum(part.num_rows for _, part in partitions(dataset.source, table)) == rows
        posts(dataset.source, table)
        is_all_zero(dataset.source, table)
    json.dumps([asdict(refusal) for refusal in digested.refusals], ensure_ascii=False).encode()


def test_the_reader_of_workbooks_lives_on_after_a_workbook_that_ends_it() -> None:
    notes = samples()[0]
    assert read_bytes(notes).grids
    workbook._worker.stop()
    assert read_bytes(notes).grids
