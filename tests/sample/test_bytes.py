import gzip
import hashlib
import zipfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import ConfigurationError
from pipeline.sample import write

from .conftest import COMMITTED


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_arguments_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("once", "again"):
        write(tmp_path / name, accounts=4, weeks=2, customers=200)
    assert digests(tmp_path / "once") == digests(tmp_path / "again")


def test_another_seed_writes_other_persons(tmp_path: Path) -> None:
    write(tmp_path / "one", accounts=3, weeks=1, customers=50, seed=1)
    write(tmp_path / "two", accounts=3, weeks=1, customers=50, seed=2)
    assert digests(tmp_path / "one") != digests(tmp_path / "two")


def contents(path: Path) -> object:
    """What a file holds, whichever version of a library packed it."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    return pq.read_table(path) if path.suffix == ".parquet" else path.read_bytes()


def test_the_committed_sample_is_what_the_generator_writes(whole: Path) -> None:
    # a run adds others beside
    made = {"inbox", "funnel.toml", "catalogue.toml", "UNSAFE-sample.key", "README.md"}
    committed = {name for name in digests(COMMITTED) if name.split("/")[0] in made}
    assert committed == set(digests(whole))
    changed = [name for name in committed if contents(COMMITTED / name) != contents(whole / name)]
    assert changed == []


def test_the_committed_sample_is_small(whole: Path) -> None:
    assert sum(path.stat().st_size for path in whole.rglob("*") if path.is_file()) < 6_500_000


def test_the_report_counts_what_was_written(tmp_path: Path) -> None:
    report = write(tmp_path, accounts=3, weeks=1, customers=50)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert report.files == len(written)
    assert report.bytes == sum(path.stat().st_size for path in written)


def test_writing_again_replaces_an_earlier_sample(tmp_path: Path) -> None:
    write(tmp_path, accounts=3, weeks=2, customers=50)
    write(tmp_path, accounts=3, weeks=1, customers=50)
    exports = {path.name for path in (tmp_path / "inbox" / "hq-xhs").iterdir()}
    assert exports == {"2026-11-09", "2026-11-16"}


def test_an_inbox_that_is_no_sample_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "inbox" / "hq-xhs" / "own.xlsx"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"ours")
    with pytest.raises(ConfigurationError, match="no sample's"):
        write(tmp_path, accounts=3, weeks=1, customers=50)
    assert own.read_bytes() == b"ours"


def test_an_end_that_is_no_monday_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Monday"):
        write(tmp_path, end=date(2026, 11, 15))


def test_the_key_says_that_it_is_unsafe_and_is_long_enough(whole: Path) -> None:
    key = (whole / "UNSAFE-sample.key").read_bytes()
    assert key.isascii() and len(key) >= 32 and b"UNSAFE" in key


def test_more_accounts_and_portions_are_written_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.sample.generate.PORTION", 100)
    write(tmp_path, accounts=27, weeks=1, customers=250)
    folders = {path.name for path in (tmp_path / "inbox").iterdir()}
    assert len(folders) == 26  # the bank, and the accounts but those of its own channels
    consents = next(tmp_path.glob("inbox/bank/*/consents.csv")).read_text("utf-8-sig")
    assert "C00000001," in consents and max(consents.split("\nC")[1:])[:8] <= "00000250"
