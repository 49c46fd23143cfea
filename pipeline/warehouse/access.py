"""Whether a query may be asked for a purpose: what it reads, against what the purpose covers."""

from collections.abc import Mapping

from pipeline.privacy import catalogue as catalogues
from pipeline.privacy.catalogue import Purpose
from pipeline.settings import Settings
from pipeline.warehouse import reading
from pipeline.warehouse.kinds import Kinds
from pipeline.warehouse.reading import Refused

_SHOWN = 5


def permit(settings: Settings, query: str, purpose: str) -> str:
    """Give a query as it may be asked of the analyst's database for a purpose.

    Refused, with the rule by its name: for a purpose that is not in the catalogue, that rests on no
    impact assessment which counts on the run's day, that persons were not asked about, or that does
    not cover a column the query may read; and for a query that leaves open what it reads.
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
    of_persons = any(kinds.of(name).c_level > "C1" for name in columns)
    if of_persons:
        _refuse_unasked(settings, purpose, catalogue.purposes[purpose])
    return read.sql


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


def _refuse_unasked(settings: Settings, name: str, purpose: Purpose) -> None:
    """Refuse a purpose that persons have to agree to, where their rows are there for another."""
    asked = {settings.parameters.consent_purpose, settings.parameters.merchant_purpose}
    if purpose.consent == "separate" and name not in asked:
        raise Refused(
            "not_consented",
            f"库里的人是按 {' 与 '.join(sorted(asked - {''}))} 的授权留下的，不是按 {name} · the"
            " rows are of those who agreed to that, not to this",
        )
