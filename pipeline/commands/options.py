"""Options that several commands take, and what they do with them before and after their work."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.errors import ConfigurationError, InputError, LockedError

if TYPE_CHECKING:
    from pipeline.console import Reporter
    from pipeline.settings import Settings

Home = Annotated[Path | None, typer.Option(help="工作区，默认 data/ · the workspace")]
Config = Annotated[Path | None, typer.Option(help="funnel.toml，默认工作区内 · settings file")]
Inbox = Annotated[Path | None, typer.Option(help="收件箱，默认 <home>/inbox · deliveries")]
Reports = Annotated[Path | None, typer.Option(help="页面写到哪里，默认 reports/ · pages")]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="运行日：用到前一天的数据，默认今天 · run date"),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
Strict = Annotated[
    bool, typer.Option("--strict", help="有文件待人处理时以 2 退出 · exit 2 when files wait")
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", help="只读这个数据库源，可重复 · only this database"),
]
EngineName = Annotated[
    Literal["duckdb", "spark"] | None,
    typer.Option(help="在哪里算：duckdb（默认，本机）或 spark（集群）· where models run"),
]
Reading = Annotated[
    Literal["duckdb", "spark"] | None,
    typer.Option(help="大的事件文件在哪里读：duckdb（默认，本机）或 spark · who reads large files"),
]
Master = Annotated[
    str | None,
    typer.Option(help="Spark 主节点，如 spark://host:7077、yarn，默认本机 · Spark master"),
]
Audience = Annotated[
    Literal["inside", "outside"],
    typer.Option(help="行内，或对外：小单元 50 人、人数取整到 5 · who it is for"),
]
Lang = Annotated[
    Literal["zh", "en"] | None, typer.Option(help="只写中文或英文页，默认两种都写 · which language")
]
Week = Annotated[str | None, typer.Option(help="ISO 周，如 2026-W46 · which week")]
Month = Annotated[
    str | None, typer.Option(help="改出月报，如 2026-10，须是完整月 · a month's page instead")
]
Standalone = Annotated[
    bool, typer.Option("--standalone", help="另写一个自带图库的单文件 · also one file for mail")
]
Xlsx = Annotated[bool, typer.Option("--xlsx", help="另写全部表格 · also its tables")]
Pdf = Annotated[bool, typer.Option("--pdf", help="另印成 PDF，A4，需 Chromium · also on paper")]
Png = Annotated[bool, typer.Option("--png", help="另存整页图片，需 Chromium · also as a picture")]
Mail = Annotated[
    bool, typer.Option("--mail", help="另写一封邮件 .eml，不发送 · also a mail, never sent")
]
To = Annotated[
    list[str] | None,
    typer.Option(help="邮件收件人，可重复，默认 [mail] to · who the mail is to; implies --mail"),
]


def settings_of(
    home: Path | None, config: Path | None, as_of: dt.datetime | None = None, **given: Any
) -> "Settings":
    """Load the settings of a workspace; what the command line gives counts before its file."""
    from pipeline import settings as configuration

    day = as_of.date() if as_of else None
    return configuration.load(config, home=home, as_of=day, **given)


def on(settings: "Settings", master: str | None) -> "Settings":
    """Name the Spark master on the command line, leaving the rest of `[spark]` as it is set."""
    if master is None:
        return settings
    if settings.engine != "spark":
        raise ConfigurationError("--master 只用于 --engine spark · --master needs --engine spark")
    spark = settings.spark.model_copy(update={"master": master})
    return settings.model_copy(update={"spark": spark})


def addressed(settings: "Settings", to: list[str] | None) -> "Settings":
    """Name who the mail is to on the command line, leaving the rest of `[mail]` as it is set."""
    from pydantic import ValidationError

    from pipeline.settings import MailSettings

    if not to:
        return settings
    try:
        mail = MailSettings(**settings.mail.model_dump(by_alias=True) | {"to": to})
    except ValidationError:
        raise InputError(
            f"--to {'、'.join(to)}：不都是邮件地址 · expected name@bank.example or"
            " 张三 <name@bank.example>"
        ) from None
    return settings.model_copy(update={"mail": mail})


def reporter_of(quiet: bool = False) -> "Reporter":
    """Give who tells of the work; `quiet` where JSON is printed instead."""
    from pipeline.console import Reporter

    return Reporter(quiet=quiet)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    from pipeline.console import print_json

    print_json(value)


def noted(settings: "Settings", action: str, **what: Any) -> None:
    """Record in the audit trail what is done with aggregates; a user who cannot is told, no more.

    What is done with persons' rows is recorded by `trail.record`, or does not happen.
    """
    from pipeline.privacy import trail

    try:
        trail.record(settings, action, **what)
    except (ConfigurationError, LockedError) as error:
        reporter_of().aside(f"未记入审计（not recorded）：{error}")


def insist(record: dict[str, Any], strict: bool, waiting: list[str]) -> None:
    """Let a strict run end as one of bad input where files wait for somebody."""
    if strict and waiting:
        record["exit_code"] = InputError.exit_code


def finish(record: dict[str, Any], as_json: bool) -> None:
    """End a command with the exit code its record holds."""
    if as_json:
        print_json(record)
    if record["exit_code"]:
        raise typer.Exit(record["exit_code"])
