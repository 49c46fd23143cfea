"""Whether a query may be asked for a purpose: what it reads, against what the purpose covers."""

from collections.abc import Mapping, Sequence

from pipeline.privacy import catalogue as catalogues
from pipeline.privacy.catalogue import Purpose
from pipeline.settings import Settings
from pipeline.warehouse import reading
from pipeline.warehouse.kinds import Kinds
from pipeline.warehouse.reading import Refused

_SHOWN = 5
_TOKENS = ("customer_token", "merchant_token")


def permit(settings: Settings, query: str, purpose: str) -> str:
    """Give a query as it may be asked of the analyst's database for a purpose.

    Persons' rows for a purpose that they have to agree to are cut down to those who did, whatever
    the table holds; for one that reaches people also to who did not refuse that. Rows of nobody in
    particular stay.
    Refused, with the rule by its name: for a purpose that is not in the catalogue, that rests on no
    impact assessment which counts on the run's day, or that does not cover a column the query may
    read; and for a query that leaves open what it reads.
    """
    catalogue = catalogues.read(settings)
    _refuse_purpose(settings, purpose, catalogue.purposes)
    kinds = Kinds(settings, catalogue)
    read = reading.read(query, kinds.tables)
    columns = {*read.columns, *(name for table in read.tables for name in kinds.grain(table))}
    barred = sorted(name for name in columns if not kinds.of(name).covers(purpose))
    if barred:
        more = f" …… 共 {len(barred)} 列" if len(barred) > _SHOWN else ""
        raise Refused(
            "not_covered",
            f"用途 {purpose} 不包括 {'、'.join(barred[:_SHOWN])}{more} · not covered by the purpose"
            "\n  每张表的键（grain）随任何一列一起读到 · the columns of a table's grain count with"
            " any other of it",
        )
    wanted = catalogue.purposes[purpose]
    if wanted.consent not in ("separate", "given"):
        return read.sql
    tokens = {table: _token(kinds.tables[table]) for table in read.tables}
    there = {settings.parameters.consent_purpose, settings.parameters.merchant_purpose}
    for table in sorted(table for table, token in tokens.items() if token is None):
        if purpose not in there and _tells_of_persons(kinds, table):
            raise Refused(
                "not_consented",
                f"{table} 数的是按 {' 与 '.join(sorted(there - {''}))} 授权的人，没有令牌，不能按"
                f" {purpose} 的授权筛选 · counts those who agreed to that, and holds no token to"
                " keep those who agreed to this",
            )
    who = "staging.reachable_customers" if wanted.reaches else "staging.valid_consents"
    agreed = f"select customer_token from {who} where purpose = '{purpose}'"
    return read.only({table: token for table, token in tokens.items() if token}, agreed)


def _token(columns: Sequence[str]) -> str | None:
    """Name the column that says whose a row is; None where it is nobody's."""
    return next((name for name in _TOKENS if name in columns), None)


def _tells_of_persons(kinds: Kinds, table: str) -> bool:
    return any(kinds.of(f"{table}.{name}").c_level > "C1" for name in kinds.tables[table])


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
