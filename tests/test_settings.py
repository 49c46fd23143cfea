"""Where a setting comes from, and how a wrong one is reported."""

import datetime as dt
import os
from pathlib import Path

import pytest

from pipeline import settings as configuration
from pipeline.errors import ConfigurationError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def write(home: Path, text: str) -> Path:
    file = home / "funnel.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return file


def write_key(home: Path, mode: int = 0o600) -> Path:
    """Write a key file, and name it in the settings."""
    file = home / "secret.key"
    file.write_bytes(b"a key of more than sixteen bytes\r\n")
    file.chmod(mode)
    write(home, f'token_key_file = "{file.name}"')
    return file


def test_without_anything_given_the_workspace_is_data_here(home: Path) -> None:
    settings = configuration.load()
    assert (settings.home, settings.inbox) == (Path("data"), Path("data/inbox"))
    assert settings.reports == Path("reports")


def test_the_inbox_and_everything_written_follow_the_home(tmp_path: Path) -> None:
    settings = configuration.load(home=tmp_path)
    assert settings.inbox == tmp_path / "inbox"
    assert {settings.lake, settings.quarantine, settings.runs} == {
        tmp_path / "lake",
        tmp_path / "quarantine",
        tmp_path / "runs",
    }
    assert settings.published_database == tmp_path / "funnel.duckdb"
    assert settings.analysis_database == tmp_path / "analysis.duckdb"


def test_the_file_in_the_home_is_read_without_being_named(home: Path) -> None:
    write(home, 'bank_name = "江屿银行"')
    assert configuration.load().bank_name == "江屿银行"


def test_spark_is_set_in_a_table_of_the_file(home: Path) -> None:
    write(
        home,
        'engine = "spark"\n[spark]\nmaster = "yarn"\n[spark.conf]\n"spark.executor.cores" = "4"',
    )
    settings = configuration.load()
    assert (settings.engine, settings.spark.master) == ("spark", "yarn")
    assert settings.spark.conf == {"spark.executor.cores": "4"}


def test_the_environment_comes_before_the_file_and_the_command_line_before_both(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, "as_of = 2026-11-02")
    assert configuration.load().as_of == dt.date(2026, 11, 2)
    monkeypatch.setenv("FUNNEL_AS_OF", "2026-11-09")
    assert configuration.load().as_of == dt.date(2026, 11, 9)
    assert configuration.load(as_of=dt.date(2026, 11, 16)).as_of == dt.date(2026, 11, 16)


def test_an_argument_that_was_not_given_hides_nothing(home: Path) -> None:
    write(home, "as_of = 2026-11-02")
    assert configuration.load(as_of=None).as_of == dt.date(2026, 11, 2)


def test_paths_in_a_file_are_relative_to_that_file(home: Path) -> None:
    file = write(home, 'inbox = "deliveries"\ntoken_key_file = "secret.key"')
    settings = configuration.load(file, home=home.parent / "elsewhere")
    assert settings.inbox == home / "deliveries"
    assert settings.token_key_file == home / "secret.key"


def test_a_file_with_a_byte_order_mark_is_read(home: Path) -> None:
    write(home, '\ufeffbank_name = "江屿银行"')
    assert configuration.load().bank_name == "江屿银行"


def test_the_environment_names_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home.parent / "other.toml"
    file.write_text('bank_name = "别的银行"', encoding="utf-8")
    monkeypatch.setenv("FUNNEL_CONFIG", str(file))
    assert configuration.load().bank_name == "别的银行"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bank_name = ", "expected TOML in UTF-8"),
        ('bank = "江屿银行"', "bank: Extra inputs are not permitted"),
        ("[parameters]\nsmall_cells = 10", "parameters.small_cells: Extra inputs"),
        ("[parameters]\nsmall_cell = 1", "parameters.small_cell: Input should be greater than"),
        (
            "[parameters]\naum_middle_days = 30",
            "aum_horizon_days are [30, 30, 90]; expected each above",
        ),
        (
            "[parameters]\ngold_yuan = 900000",
            "gold_yuan, platinum_yuan, diamond_yuan, private_yuan are",
        ),
        ("as_of = 2026", "as_of: "),
        ("threads = 0", "threads: "),
    ],
)
def test_a_wrong_file_is_refused_naming_it_and_the_setting(
    home: Path, text: str, said: str
) -> None:
    write(home, text)
    with pytest.raises(ConfigurationError) as error:
        configuration.load()
    assert "funnel.toml" in str(error.value)
    assert said in str(error.value)


def test_a_file_that_is_named_and_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.toml：没有这个文件"):
        configuration.load(tmp_path / "none.toml")


def test_a_file_the_environment_names_and_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNNEL_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(ConfigurationError, match=r"none\.toml：没有这个文件"):
        configuration.load()


def test_without_a_key_there_is_no_token_and_the_message_says_how_to_give_one(
    tmp_path: Path,
) -> None:
    with pytest.raises(ConfigurationError, match="give FUNNEL_TOKEN_KEY"):
        _ = configuration.load(home=tmp_path).token_secret


def test_a_key_file_is_read_without_its_line_end(home: Path) -> None:
    write_key(home)
    assert configuration.load().token_secret == b"a key of more than sixteen bytes"


def test_a_key_file_that_is_not_there_is_named(home: Path) -> None:
    write(home, 'token_key_file = "secret.key"')
    with pytest.raises(ConfigurationError, match=r"secret\.key.*expected a readable file"):
        _ = configuration.load().token_secret


def test_a_key_file_that_others_can_read_is_refused_with_what_to_run(home: Path) -> None:
    file = write_key(home, 0o644)
    with pytest.raises(ConfigurationError) as refused:
        _ = configuration.load().token_secret
    said = str(refused.value)
    assert said.startswith("密钥文件") and "0644" in said and "0440" in said
    assert f"chmod 600 {file.relative_to(Path.cwd())}" in said
    file.chmod(0o400)
    assert configuration.load().token_secret


def test_a_secret_that_a_group_was_given_by_root_is_read_and_no_other(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Kubernetes mounts one: root's, 0440, of the group that the job is in."""
    file = write_key(home, 0o440)
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "geteuid", lambda: 4242)
        assert configuration.load().token_secret
        file.chmod(0o444)
        with pytest.raises(ConfigurationError, match="chmod 640"):
            _ = configuration.load().token_secret
    else:
        with pytest.raises(ConfigurationError, match="chmod 600"):
            _ = configuration.load().token_secret


def test_a_key_file_of_another_user_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_key(home)
    if os.geteuid() == 0:
        os.chown(file, 4242, 4242)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(ConfigurationError, match=rf"chown {os.geteuid()} "):
        _ = configuration.load().token_secret


def test_a_key_that_stands_in_the_settings_makes_their_file_a_key_file(home: Path) -> None:
    file = write(home, 'token_key = "a key of more than sixteen bytes"')
    assert configuration.load().token_secret
    file.chmod(0o640 if os.geteuid() else 0o604)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        configuration.load()


def test_all_secrets_are_read_by_one_rule(home: Path) -> None:
    file = write_key(home, 0o606)
    source = '[sources.core]\ndataset = "bank_events"\nquery = "q"\nwatermark = "w"\n'
    names = 'vault_key_file = "secret.key"\nrotated_key_files = ["secret.key"]\n'
    write(home, f'{names}{source}uri_file = "{file.name}"')
    settings = configuration.load(token_key="a key of more than sixteen bytes")
    for secret in ("vault_secret", "token_secrets"):
        with pytest.raises(ConfigurationError, match="chmod 600"):
            getattr(settings, secret)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        settings.database_uri("core")


def test_the_key_that_everybody_has_is_read_at_any_mode(home: Path) -> None:
    """A clone of the repository writes the sample's key as its umask has it."""
    write_key(home, 0o644).rename(home / "UNSAFE-sample.key")
    write(home, 'token_key_file = "UNSAFE-sample.key"')
    assert configuration.load().token_secret


def test_the_key_is_never_shown(tmp_path: Path) -> None:
    settings = configuration.load(home=tmp_path, token_key="a very secret key for tokens")
    assert "very secret" not in f"{settings!r} {settings} {settings.model_dump()}"


def test_a_wrong_setting_is_reported_without_the_key(home: Path) -> None:
    write(home, 'token_key = "a very secret key for tokens"\nthreads = "many"')
    with pytest.raises(ConfigurationError) as error:
        configuration.load()
    assert "very secret" not in str(error.value)


def test_every_parameter_is_explained_for_the_page() -> None:
    fields = configuration.Parameters.model_fields
    assert [name for name, field in fields.items() if not field.description] == []
