"""The identity vault: ids sealed by token, where the bank wants it, and gone with the person."""

import json
import secrets
from pathlib import Path
from uuid import UUID

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline import ingest
from pipeline.commands import vault
from pipeline.errors import ConfigurationError, InputError
from pipeline.ingest import erasure, rotation
from pipeline.ingest.vault import Vault
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings
from tests.ingest.conftest import KEY, Workspace
from tests.ingest.containers import csv_text
from tests.ingest.test_erasure import ANNA, BEN, BOTH, CARA, event, finish, token

pytest.importorskip("cryptography", reason="the extra `vault` is not installed")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "vault.key"
    file.write_text(secrets.token_hex(32))
    file.chmod(0o600)
    return file


def on(workspace: Workspace, key: Path, **more: object) -> Settings:
    return workspace.settings.model_copy(update={"vault_key_file": key, **more})


def identity(settings: Settings, person: bytes) -> str:
    return Vault(settings).identity(person, Tokens(KEY.encode()))


@pytest.mark.parametrize("least", [0, 10**9], ids=["large", "small"])
def test_the_vault_gives_the_id_of_a_token_and_no_file_shows_it(
    workspace: Workspace, key: Path, least: int
) -> None:
    workspace.deliver("bank/e.csv", csv_text(BOTH))
    settings = on(workspace, key, stream_from_bytes=least)
    ingest.run(settings)
    assert identity(settings, token(ANNA)) == ANNA
    assert identity(settings, token(BEN)) == BEN
    for name, content in workspace.bytes_of("lake", "quarantine", "vault").items():
        assert b"C0000000" not in content, name
    (file,) = (workspace.home / "vault").iterdir()
    assert "C0000000" not in str(pq.ParquetFile(file).read().to_pydict())


def test_a_raw_key_keeps_its_bytes_that_look_like_blanks(workspace: Workspace, key: Path) -> None:
    raw = b"\n" + bytes(range(1, 31)) + b" "
    key.write_bytes(raw)
    assert on(workspace, key).vault_secret == raw
    key.write_text(f"{raw.hex()}\n")
    assert on(workspace, key).vault_secret == raw


def test_without_a_key_there_is_no_vault(workspace: Workspace) -> None:
    workspace.land("bank/e.csv", csv_text(BOTH))
    assert not (workspace.home / "vault").exists()
    with pytest.raises(ConfigurationError, match="no identity vault"):
        identity(workspace.settings, token(ANNA))


def test_a_token_that_came_before_is_not_sealed_again(workspace: Workspace, key: Path) -> None:
    settings = on(workspace, key)
    workspace.deliver("bank/a.csv", csv_text(BOTH))
    ingest.run(settings)
    workspace.deliver("bank/b.csv", csv_text([*BOTH, event(9, CARA, "2026-11-05")]))
    ingest.run(settings)
    files = sorted((workspace.home / "vault").iterdir())
    assert sorted(pq.read_metadata(file).num_rows for file in files) == [1, 2]
    assert identity(settings, token(CARA)) == CARA


def test_who_is_named_by_a_file_that_does_not_land_is_not_kept(
    workspace: Workspace, key: Path
) -> None:
    rows = [event(n, f"C1000000{n}", "2026-11-02", "x1.2k") for n in range(5)]
    workspace.deliver("bank/a.csv", csv_text([BOTH[0], *rows]))
    workspace.deliver("bank/b.csv", csv_text(BOTH))
    settings = on(workspace, key)
    assert dict(ingest.run(settings).outcomes) == {"refused": 1, "landed": 1}
    with pytest.raises(InputError):
        identity(settings, token("C10000001"))
    assert identity(settings, token(ANNA)) == ANNA


def test_an_erased_person_is_gone_from_the_vault_and_does_not_come_back(
    workspace: Workspace, key: Path
) -> None:
    settings = on(workspace, key)
    workspace.deliver("bank/a.csv", csv_text(BOTH))
    ingest.run(settings)
    erasure.place(settings, "token", [token(ANNA)])
    finish(settings)
    workspace.deliver("bank/b.csv", csv_text([*BOTH, event(9, CARA, "2026-11-05")]))
    ingest.run(settings)
    with pytest.raises(InputError):
        identity(settings, token(ANNA))
    assert identity(settings, token(BEN)) == BEN
    for file in (workspace.home / "vault").iterdir():
        assert (
            UUID(bytes=token(ANNA)) not in pq.ParquetFile(file).read()["customer_token"].to_pylist()
        )


def test_another_key_or_a_changed_byte_opens_nothing(workspace: Workspace, key: Path) -> None:
    workspace.deliver("bank/a.csv", csv_text(BOTH))
    settings = on(workspace, key)
    ingest.run(settings)
    key.write_text(secrets.token_hex(32))
    with pytest.raises(ConfigurationError, match="another vault key"):
        identity(on(workspace, key), token(ANNA))


def test_a_sealed_id_put_beside_another_token_is_found_out(workspace: Workspace, key: Path) -> None:
    workspace.deliver("bank/a.csv", csv_text(BOTH))
    settings = on(workspace, key)
    ingest.run(settings)
    (file,) = (workspace.home / "vault").iterdir()
    table = pq.ParquetFile(file).read()
    swapped = table.set_column(1, table.schema.field(1), table["sealed"].take([1, 0]))
    pq.write_table(swapped, file)
    with pytest.raises(ConfigurationError, match="another token"):
        identity(settings, token(ANNA))


def test_a_key_of_another_length_is_refused(workspace: Workspace, key: Path) -> None:
    key.write_text("short")
    with pytest.raises(ConfigurationError, match="5 bytes"):
        identity(on(workspace, key), token(ANNA))


def test_a_rotation_takes_the_vault_along(workspace: Workspace, key: Path) -> None:
    workspace.deliver("bank/a.csv", csv_text(BOTH))
    ingest.run(on(workspace, key))
    second = key.with_name("second.key")
    second.write_text("a second key of the tests, long enough")
    second.chmod(0o600)
    settings = on(workspace, key, rotated_key_files=(second,))
    rotation.place(settings)
    rotation.apply(settings)
    rotation.close(settings)
    tokens = Tokens(*settings.token_secrets)
    assert Vault(settings).identity(tokens.token(ANNA), tokens) == ANNA
    with pytest.raises(InputError):
        Vault(settings).identity(token(ANNA), tokens)


def test_the_command_gives_the_id_and_leaves_a_line_without_it(
    workspace: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.deliver("bank/a.csv", csv_text(BOTH))
    ingest.run(on(workspace, key))
    monkeypatch.setenv("FUNNEL_TOKEN_KEY", KEY)
    monkeypatch.setenv("FUNNEL_VAULT_KEY_FILE", str(key))
    shown = str(UUID(bytes=token(ANNA)))
    words = ["open", "--home", str(workspace.home), "--token", shown, "--purpose"]
    opened = CliRunner().invoke(vault.app, [*words, "post_loan_care"])
    assert opened.stdout.strip() == ANNA
    (line,) = (workspace.home / "audit" / "trail.jsonl").read_text().splitlines()
    entry = json.loads(line)
    assert (entry["action"], entry["purpose"], entry["rows"]) == ("vault-open", "post_loan_care", 1)
    assert ANNA not in line and shown not in line
    with pytest.raises(InputError):
        CliRunner().invoke(vault.app, [*words, "13800138000"], catch_exceptions=False)
