"""What a page is about: the bank, a tier, a unit, or one account; and the parts right below it."""

import re
from dataclasses import dataclass
from functools import cached_property

import duckdb

# For each level: the columns that say where in the bank it is, and the level of its parts.
KEYS: dict[str, tuple[str, ...]] = {
    "bank": (),
    "tier": ("tier",),
    "unit": ("tier", "unit_id"),
    "account": ("tier", "unit_id", "account_id"),
}
BELOW = {"bank": "tier", "tier": "unit", "unit": "account"}
NOT_OURS = ("unattributed", "unregistered")  # tiers of customers and accounts nobody answers for


@dataclass(frozen=True)
class Place:
    """A place in the bank, as the paths of the published tables have it."""

    level: str = "bank"
    tier: str | None = None
    unit_id: str | None = None
    unit_name: str | None = None
    platform: str | None = None
    account_id: str | None = None
    account_name: str | None = None

    @property
    def part(self) -> str:
        """SQL that names the part a row is of: null for the place's own rows."""
        below = BELOW.get(self.level)
        return KEYS[below][-1] if below else "cast(null as varchar)"

    @property
    def shown(self) -> str:
        """SQL that keeps the place's own rows and those of its parts."""
        levels = [self.level, *filter(None, [BELOW.get(self.level)])]
        return self._where(levels)

    def inside(self, level: str) -> str:
        """SQL that keeps the rows of one level in this place."""
        return self._where([level])

    def _where(self, levels: list[str]) -> str:
        named = ", ".join(_quoted(level) for level in levels)
        keys = [f"{key} is not distinct from {_quoted(getattr(self, key))}" for key in self.keys]
        return " and ".join([f"level in ({named})", *keys])

    @property
    def within(self) -> str:
        """SQL that keeps the rows of every level in this place."""
        return self._where([*KEYS])

    @property
    def above(self) -> "list[Place]":
        """The places this one is in, below the bank, the tier first."""
        found = []
        if self.level in ("unit", "account"):
            found.append(Place("tier", self.tier))
        if self.level == "account" and self.unit_id is not None:
            found.append(Place("unit", self.tier, self.unit_id, self.unit_name))
        return found

    @property
    def id(self) -> str:
        """The id of the place on its own level; empty for the bank."""
        return (getattr(self, self.keys[-1]) if self.keys else None) or ""

    @property
    def name(self) -> str:
        """The name the register gives the place, or its id."""
        names = {"unit": self.unit_name, "account": self.account_name}
        return names.get(self.level) or self.id

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that say where this place is."""
        return KEYS[self.level]

    @cached_property
    def file(self) -> str:
        """The stem of the place's page: its own id behind its level, safe in any file system."""
        path = [self.level, *([self.tier or ""] if self.level == "unit" else []), self.id]
        return "-".join(_SPELLED.sub(_spelled, one) for one in path if one)


BANK = Place()

# No dot: what follows one in a file's name is its language. No tilde: it begins what is spelled.
_SPELLED = re.compile(r"[^A-Za-z0-9_-]")


def places(connection: duckdb.DuckDBPyConnection, week: str) -> list[Place]:
    """Give every tier, unit and account of the bank that has rows in the week, from the top."""
    query = """
        select distinct level, tier, unit_id, unit_name, platform, account_id, account_name
        from published.weekly_funnel
        where week = ? and level in ('tier', 'unit', 'account') and tier not in ?
        order by all
    """
    return [Place(*found) for found in connection.execute(query, [week, NOT_OURS]).fetchall()]


def _spelled(sign: re.Match[str]) -> str:
    return "".join(f"~{byte:02X}" for byte in sign[0].encode())


def _quoted(value: str | None) -> str:
    return "null" if value is None else "'" + value.replace("'", "''") + "'"
