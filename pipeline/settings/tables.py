"""The tables of a funnel.toml: [sources.<name>], [spark] and [mail]."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

SourceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class DatabaseSource(BaseModel):
    """A query of a PostgreSQL database whose rows are those of one of the bank's datasets.

    uri_env, uri_file: one of the two, where the connection string is; never here, for it holds a
        password.
    watermark: the column of the query that grows whenever a row is written.
    lookback: how far before the last watermark each read begins, for transactions that were
        committed late: seconds of a time, days of a day, or a difference of whole numbers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    dataset: str
    uri_env: str | None = None
    uri_file: Path | None = None
    query: str = Field(min_length=1)
    watermark: str = Field(min_length=1)
    lookback: int | None = Field(None, ge=0)
    rows_per_delivery: int = Field(200_000, ge=1)
    timeout_seconds: int = Field(3600, ge=1)

    @model_validator(mode="after")
    def _says_where_the_database_is(self) -> Self:
        if (self.uri_env is None) == (self.uri_file is None):
            raise ValueError("give one of uri_env and uri_file")
        return self


class SparkSettings(BaseModel):
    """Where and how models run with `engine = "spark"`; docs/SCALING.md.

    `lake` is the address at which the cluster finds the files of the home's lake, `warehouse` a
    folder it can write; both are the home's own where they are not given. `conf` is handed to
    Spark as it is.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    master: str = "local[*]"
    lake: str | None = None
    warehouse: str | None = None
    conf: dict[str, str] = {}


MailAddress = Annotated[
    str,
    StringConstraints(
        pattern=r'^([^\s<>@,;"]+@[^\s<>@,;"]+|[^<>@,;"\x00-\x1f]+ <[^\s<>@,;"]+@[^\s<>@,;"]+>)$'
    ),
]


class MailSettings(BaseModel):
    """The heads of the weekly mail, which is written and never sent.

    sender (`from` in the file) and to: left out of the mail where they are not given, so that the
    program that sends it fills them in. subject: {bank}, {week} and {headline} stand for theirs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sender: MailAddress | None = Field(None, alias="from")
    to: tuple[MailAddress, ...] = ()
    subject: str = "{bank} {week}：{headline}"

    @field_validator("subject")
    @classmethod
    def _names_what_there_is(cls, subject: str) -> str:
        try:
            subject.format(bank="", week="", headline="")
        except (KeyError, ValueError, IndexError, AttributeError):
            raise ValueError("only {bank}, {week} and {headline} can stand in it") from None
        return subject
