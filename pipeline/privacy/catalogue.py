"""The catalogue: what every column of the lake is, and what persons' data may be used for."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipeline.errors import ConfigurationError
from pipeline.settings import Settings

SHIPPED = Path(__file__).with_name("catalogue.toml")
_EVERY = "*"


class Purpose(BaseModel):
    """What data may be used for.

    consent: `separate` where a person has to agree to it by itself, `given` where a grant inside
        a bundle will do, `opt_out` where it is on until somebody refuses, `none` where nobody is
        asked.
    notice_at_least: the notice that a grant must have been given under, or a later one, by the
        first two numbers in its name; a grant under an earlier one counts no more.
    reaches: what is read is used to address people, so that who refused to be is left out.
    pia_id, valid_until: the impact assessment it rests on, and the last day that one counts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    version: str
    consent: Literal["separate", "given", "opt_out", "none"]
    notice_at_least: str | None = Field(None, pattern=r"\d")
    reaches: bool = False
    pia_id: str | None = None
    valid_until: dt.date | None = None

    @property
    def notice(self) -> tuple[int, int] | None:
        """The numbers of the earliest notice that covers it: `2026.1` is later than `2025-12`."""
        if self.notice_at_least is None:
            return None
        first, *more = (int(number) for number in re.findall(r"\d+", self.notice_at_least))
        return first, more[0] if more else 0

    def is_enabled(self, on: dt.date) -> bool:
        """Say whether it rests on an impact assessment that counts on a day."""
        return self.pia_id is not None and self.valid_until is not None and on <= self.valid_until


class Columns(BaseModel):
    """Columns of a dataset that are alike (dataset `*`: of every one)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dataset: str
    names: tuple[str, ...] = Field(min_length=1)
    c_level: Literal["C1", "C2"]
    data_level: int = Field(ge=1, le=5)
    purposes: tuple[str, ...] | Literal["any"]
    retention_days: int = Field(ge=0)
    owner: str


_Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,58}[0-9]{0,4}$")]
"""The name of a purpose, as consents have it."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reviewed: dt.date | None = None
    purposes: dict[_Id, Purpose] = {}
    columns: tuple[Columns, ...] = ()


@dataclass(frozen=True)
class Kind:
    """How sensitive a column is, and which purposes it is open to (None: every one)."""

    c_level: str
    data_level: int
    purposes: frozenset[str] | None

    def covers(self, purpose: str) -> bool:
        """Say whether the column may be read for a purpose."""
        return self.purposes is None or purpose in self.purposes


OPEN = Kind("C1", 1, None)
"""What tells of nobody: settings, literals, published aggregates."""


def derived(kinds: Iterable[Kind]) -> Kind:
    """Give what a column is that is made of others: the highest levels, the purposes they share."""
    found = [OPEN, *kinds]
    limits = [kind.purposes for kind in found if kind.purposes is not None]
    return Kind(
        max(kind.c_level for kind in found),
        max(kind.data_level for kind in found),
        frozenset.intersection(*limits) if limits else None,
    )


class Catalogue:
    """The columns and purposes that ship, with what the bank's own file adds or says otherwise."""

    def __init__(self, file: _File) -> None:
        """Index the columns by dataset and name; what stands later counts."""
        self.purposes: Mapping[str, Purpose] = file.purposes
        self._columns = {
            (columns.dataset, name): columns for columns in file.columns for name in columns.names
        }

    def columns(self, dataset: str, name: str) -> Columns | None:
        """Give what a column of the lake is declared as; None where it is not."""
        return self._columns.get((dataset, name)) or self._columns.get((_EVERY, name))

    def kind(self, dataset: str, name: str) -> Kind | None:
        """Give the levels and purposes of a column of the lake; None where it is not declared."""
        declared = self.columns(dataset, name)
        if declared is None:
            return None
        purposes = None if declared.purposes == "any" else frozenset(declared.purposes)
        return Kind(declared.c_level, declared.data_level, purposes)

    def insist(self, columns: Mapping[str, Iterable[str]]) -> None:
        """Refuse columns of the lake, by dataset, that are not declared (ConfigurationError)."""
        missing = [
            f"{dataset}.{name}"
            for dataset, names in columns.items()
            for name in names
            if self.columns(dataset, name) is None
        ]
        if missing:
            raise ConfigurationError(
                f"目录里没有 {len(missing)} 列（not in the catalogue）：{', '.join(missing[:10])}\n"
                "  每一列写明级别、用途、保存天数与责任方之后才建模 · say what they are in the file"
                " that the setting `catalogue` names, as pipeline/privacy/catalogue.toml does"
            )

    def insist_on(self, purposes: Iterable[str], day: dt.date) -> None:
        """Refuse to work for a purpose that counts on no valid assessment (ConfigurationError)."""
        for name in purposes:
            if name not in self.purposes or not self.purposes[name].is_enabled(day):
                raise ConfigurationError(
                    f"用途 {name} 没有有效的影响评估，不建模 · rests on no valid assessment\n"
                    f"  在目录（设置 catalogue）里写 [purposes.{name}] pia_id 与 valid_until；或"
                    "去掉 purpose_required · give both in the bank's catalogue"
                )


def read(settings: Settings) -> Catalogue:
    """Read the catalogue that ships and the bank's own; ConfigurationError names what is wrong."""
    shipped, own = _parsed(SHIPPED), _parsed(settings.catalogue) if settings.catalogue else {}
    purposes = {
        name: shipped.get("purposes", {}).get(name, {}) | own.get("purposes", {}).get(name, {})
        for name in {**shipped.get("purposes", {}), **own.get("purposes", {})}
    }
    columns = [*shipped.get("columns", []), *own.get("columns", [])]
    where = settings.catalogue or SHIPPED
    try:
        file = _File.model_validate({**shipped, **own, "purposes": purposes, "columns": columns})
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        lines = [f"  {'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults]
        raise ConfigurationError("\n".join([f"目录 {where} 不合格 · not valid:", *lines])) from None
    _refuse_unknown_purposes(file, where)
    return Catalogue(file)


def text(settings: Settings) -> str:
    """Give the bank's own catalogue as it stands, for what is made of it; empty without one."""
    return _text(settings.catalogue) if settings.catalogue else ""


def _refuse_unknown_purposes(file: _File, where: Path) -> None:
    for columns in file.columns:
        named = () if columns.purposes == "any" else columns.purposes
        if strange := [name for name in named if name not in file.purposes]:
            raise ConfigurationError(
                f"目录 {where}：{columns.dataset} 的用途 {strange[0]} 没有定义 · no such purpose;"
                f" expected one of {', '.join(sorted(file.purposes))}, or [purposes.{strange[0]}]"
            )


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"目录 {file}：不是 TOML · expected TOML: {error}") from None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"目录 {file} 读不了 · expected TOML in UTF-8") from None
