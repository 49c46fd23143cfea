"""Rules as dated data: what a text must not say, or must say, by which law, from which day on."""

import datetime as dt
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ConfigurationError
from pipeline.review.words import language, parsed, rule_files

Verdict = Literal["violation", "evidence_needed", "manual_review", "advice"]
Product = Literal["uncertain", "deposit", "loan", "card", "service", "none"]
Place = Literal["before", "after", "clause", "sentence", "text"]


# Flags and names of groups: what a match begins with (openings.py) is not told through them.
_UNREAD = re.compile(r"(?<!\\)\(\?(?![:=!]|<[=!])[^)]?")


def _pattern(value: Any) -> Any:
    try:
        re.compile(value)
    except (re.error, TypeError) as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from None
    if found := _UNREAD.search(value):
        raise ValueError(f"{found[0]} in a pattern is not read; expected plain groups, (?:…)")
    return value


Pattern = Annotated[str, BeforeValidator(_pattern)]
Words = Annotated[str, Field(min_length=1)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Law(_Data):
    """An article. says: its words; read: in the text itself, or in a summary or draft of it."""

    cite: Words
    says: Words
    since: dt.date
    until: dt.date | None = None
    read: Literal["text", "summary", "draft"]


class Context(_Data):
    """Words that decide what a match means. place: where they stand, seen from the match.

    window: how many characters before or after, within the sentence.
    """

    place: Place
    patterns: tuple[Pattern, ...] = Field(min_length=1)
    window: int = Field(default=10, gt=0)


class Rule(_Data):
    """A rule. It hits where a pattern does, about one of its products, and contexts agree.

    follows: it also hits where findings of these categories are. needs: contexts that must hold;
    unless: contexts that excuse; lacks: disclosures that make it good, anywhere in the text;
    unless_before, unless_after: patterns within `window` characters that excuse.
    links: what it matches are links; those to the bank's own hosts are good.
    whole_text: what excuses it may stand anywhere in the text, so that a title alone tells nothing.
    effective_to: the last day in force.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
    title: Words
    laws: tuple[str, ...] = Field(min_length=1)
    effective_from: dt.date
    effective_to: dt.date | None = None
    severity: int = Field(ge=1, le=3)
    verdict: Verdict
    patterns: tuple[Pattern, ...] = ()
    follows: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    unless_before: tuple[Pattern, ...] = ()
    unless_after: tuple[Pattern, ...] = ()
    window: int = Field(default=8, gt=0)
    links: bool = False
    whole_text: bool = False
    reason: Words
    suggestion: Words
    match: tuple[str, ...] = Field(min_length=1)
    no_match: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _means_something(self) -> "Rule":
        if not self.patterns and not self.follows:
            raise ValueError("patterns: nothing found; expected patterns, or follows")
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to: before effective_from")
        if unknown := {*self.needs, *self.unless, *self.lacks} - contexts().keys():
            raise ValueError(f"contexts {sorted(unknown)}: not in language/contexts.toml")
        if unknown := {*self.laws} - laws().keys():
            raise ValueError(f"laws {sorted(unknown)}: not in language/laws.toml")
        return self

    @property
    def category(self) -> str:
        """The category: what stands before the point of its id."""
        return self.id.partition(".")[0]

    @property
    def version(self) -> str:
        """Stand for all that the rule says, however its file is laid out.

        What it leaves at its default says nothing, so that a new key is no new version.
        """
        said = self.model_dump_json(exclude_defaults=True)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def of_whole_texts(self) -> bool:
        """Whether it is about what a text leaves unsaid: only the whole of it can tell."""
        return self.whole_text or bool(self.lacks)

    def in_force(self, day: dt.date) -> bool:
        """Say whether texts of a day are held to it."""
        return self.effective_from <= day and (self.effective_to or day) >= day

    def basis(self, day: dt.date) -> str:
        """Cite the articles it rests on that were in force on a day."""
        cited = [laws()[key] for key in self.laws]
        return "；".join(law.cite for law in cited if law.since <= day <= (law.until or day))


class _File(_Data):
    category: Words
    name: Words
    rules: tuple[Rule, ...]


@cache
def laws() -> dict[str, Law]:
    """Give the articles that rules cite, by key."""
    return {key: Law.model_validate(law) for key, law in language("laws").items()}


@cache
def contexts() -> dict[str, Context]:
    """Give the contexts that rules name."""
    found = language("contexts").items()
    return {name: Context.model_validate(context) for name, context in found}


def category_names(folder: Path | None = None) -> dict[str, str]:
    """Give the Chinese name of each category, those of a folder's rules too; the first counts."""
    named = [(file.category, file.name) for file in map(_read, _files(folder))]
    return dict(reversed(named))


def read_rules(folder: Path | None = None) -> list[Rule]:
    """Read the rules that ship and those of a folder, by id.

    ConfigurationError names a file and the key that cannot be used, or an id that is there twice.
    """
    found: dict[str, Rule] = {}
    for path in _files(folder):
        for rule in _read(path).rules:
            if rule.id in found:
                raise ConfigurationError(
                    f"{path}: rule {rule.id} is there twice; an id is used once and never again"
                )
            found[rule.id] = rule
    return [found[key] for key in sorted(found)]


def _files(folder: Path | None) -> list[Path]:
    return [*rule_files(), *(sorted(folder.glob("*.toml")) if folder else [])]


def _read(path: Path) -> _File:
    try:
        file = _parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}: {_said(error)}; see docs/REVIEW.md") from None
    for rule in file.rules:
        if rule.category != file.category:
            raise ConfigurationError(
                f"{path}: rule {rule.id}; expected an id that begins with {file.category}."
            )
    return file


@cache
def _parsed(text: str) -> _File:
    """Read a text once for all who ask for its rules, names or categories."""
    return _File.model_validate(parsed(text))


def _said(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"cannot be read ({error})"
    first = error.errors()[0]
    return f"key {'.'.join(map(str, first['loc']))}: {first['msg']}, found {first['input']!r}"
