"""Whether a query may be asked for a purpose: what it reads, against what the purpose covers."""

from collections.abc import Mapping

from pipeline.privacy import catalogue as catalogues
from pipeline.privacy.catalogue import Purpose
from pipeline.settings import Settings
from pipeline.warehouse import reading
from pipeline.warehouse.kinds import Kinds
from pipeline.warehouse.reading import Refused

_SHOWN = 5
TOKEN = "customer_token"


def permit(settings: Settings, query: str, purpose: str) -> str:
    """Give a query as it may be asked of the analyst's database for a purpose.

    The rows of a purpose that persons have to agree to are cut down to those who did, unless they
    are there for it anyway; those of one that reaches people also to who did not refuse that.
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
    of_persons = {t for t in read.tables if _tells_of_persons(kinds, t)}
    asked = {settings.parameters.consent_purpose, settings.parameters.merchant_purpose}
    wanted = catalogue.purposes[purpose]
    agreed = wanted.consent in ("none", "opt_out") or purpose in asked
    if agreed and not wanted.reaches:
        return read.sql
    if strange := sorted(t for t in of_persons if TOKEN not in kinds.tables[t]):
        raise Refused(
            "not_consented",
            f"{strange[0]} 里的人是按 {' 与 '.join(sorted(asked - {''}))} 的授权留下的，也不能按"
            f" {purpose} 的授权筛选 · its rows are of those who agreed to that, and hold no"
            f" {TOKEN} to keep those who agreed to this",
        )
    who = "staging.reachable_customers" if wanted.reaches else "staging.valid_consents"
    return read.only(of_persons, TOKEN, f"select {TOKEN} from {who} where purpose = '{purpose}'")


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
