"""What is seen for a purpose, and whether a query may be asked for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from pipeline.privacy import catalogue as catalogues
from pipeline.privacy.catalogue import Purpose
from pipeline.settings import Settings
from pipeline.warehouse import reading
from pipeline.warehouse.kinds import Kinds
from pipeline.warehouse.reading import Reading, Refused

_SHOWN = 5
_TOKENS = ("customer_token", "merchant_token")


@dataclass(frozen=True)
class Seen:
    """A table as it is seen for a purpose: its columns, and those that are left out."""

    table: str
    columns: tuple[str, ...]
    left_out: tuple[str, ...]


def seen(settings: Settings, purpose: str) -> list[Seen]:
    """Tell which tables are seen for a purpose, and which of their columns; Refused as `permit`."""
    kinds, wanted = _opened(settings, purpose)
    found = []
    for table, columns in sorted(kinds.tables.items()):
        covered = kinds.covered(table, purpose)
        if covered and not _counts_others(settings, kinds, table, purpose, wanted):
            left_out = tuple(name for name in columns if name not in covered)
            found.append(Seen(table, tuple(covered), left_out))
    return found


def permit(settings: Settings, query: str, purpose: str) -> str:
    """Give a query as it may be asked of the analyst's database for a purpose.

    Each table that it names is seen through a view of the purpose: the columns that it covers, and
    persons' rows, where they have to agree to it, of those who did, whatever the table holds; for
    one that reaches people also of no one who refused that. Rows of nobody in particular stay.
    Refused, with the rule by its name: for a purpose that is not in the catalogue, that rests on no
    impact assessment which counts on the run's day, or that does not cover a column the query
    names; and for a query that leaves open which tables it reads.
    """
    kinds, wanted = _opened(settings, purpose)
    read = reading.read(query, kinds.tables)
    _refuse_not_covered(kinds, read, purpose)
    for table in sorted(read.tables):
        if _counts_others(settings, kinds, table, purpose, wanted):
            asked = {settings.parameters.consent_purpose, settings.parameters.merchant_purpose}
            raise Refused(
                "not_consented",
                f"{table} 数的是按 {' 与 '.join(sorted(asked - {''}))} 授权的人，没有令牌，不能按"
                f" {purpose} 的授权筛选 · counts those who agreed to that, and holds no token to"
                " keep those who agreed to this",
            )
    views = {table: _view(kinds, table, purpose, wanted) for table in read.tables}
    return read.over({table: view for table, view in views.items() if view})


def _opened(settings: Settings, purpose: str) -> tuple[Kinds, Purpose]:
    catalogue = catalogues.read(settings)
    _refuse_purpose(settings, purpose, catalogue.purposes)
    return Kinds(settings, catalogue), catalogue.purposes[purpose]


def _view(kinds: Kinds, table: str, purpose: str, wanted: Purpose) -> exp.Select | None:
    """Give what is seen of a table for a purpose; None where that is all of it."""
    covered, token = kinds.covered(table, purpose), _token(kinds.tables[table])
    if token is None or not _is_agreed_to(wanted):
        return reading.view(table, covered) if covered != kinds.tables[table] else None
    who = "staging.reachable_customers" if wanted.reaches else "staging.valid_consents"
    agreed = f"select customer_token from {who} where purpose = '{purpose}'"
    return reading.view(table, covered, f"{token} is null or {token} in ({agreed})")


def _is_agreed_to(wanted: Purpose) -> bool:
    return wanted.consent in ("separate", "given")


def _counts_others(
    settings: Settings, kinds: Kinds, table: str, purpose: str, wanted: Purpose
) -> bool:
    """Say whether a table holds counts of persons who agreed to something else than the purpose."""
    there = (settings.parameters.consent_purpose, settings.parameters.merchant_purpose)
    if purpose in there or not _is_agreed_to(wanted) or _token(kinds.tables[table]):
        return False
    return any(kinds.of(f"{table}.{name}").c_level > "C1" for name in kinds.tables[table])


def _refuse_not_covered(kinds: Kinds, read: Reading, purpose: str) -> None:
    columns = set(read.columns)
    for table in read.tables:
        if not kinds.covered(table, purpose):  # then counting its rows is not covered either
            columns.update(
                kinds.grain(table) or (f"{table}.{name}" for name in kinds.tables[table])
            )
    barred = sorted(name for name in columns if not kinds.of(name).covers(purpose))
    if barred:
        more = f" …… 共 {len(barred)} 列" if len(barred) > _SHOWN else ""
        raise Refused(
            "not_covered",
            f"用途 {purpose} 不包括 {'、'.join(barred[:_SHOWN])}{more} · not covered by the purpose"
            f"\n  它看得到的：funnel sql --purpose {purpose} · lists what it sees",
        )


def _token(columns: Sequence[str]) -> str | None:
    """Name the column that says whose a row is; None where it is nobody's."""
    return next((name for name in _TOKENS if name in columns), None)


def _refuse_purpose(settings: Settings, name: str, purposes: Mapping[str, Purpose]) -> None:
    if name not in purposes:
        raise Refused(
            "unknown_purpose",
            f"没有用途 {name} · no such purpose; expected one of {', '.join(sorted(purposes))}",
        )
    if not purposes[name].is_enabled(settings.as_of):
        raise Refused(
            "purpose_disabled",
            f"用途 {name} 没有有效的影响评估，停用 · rests on no valid impact assessment\n"
            f"  在目录（设置 catalogue）里写 [purposes.{name}] pia_id 与 valid_until · give both in"
            " the bank's catalogue",
        )
