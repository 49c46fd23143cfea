"""Models as they were read last time: to read all of them anew costs a twelfth of a small night."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from pipeline.files import private, temporary_name
from pipeline.funnels import Definition
from pipeline.settings import Settings
from pipeline.warehouse.lake import digest
from pipeline.warehouse.model import Model, code, query_files, read_models


@dataclass(frozen=True)
class _Known:
    """Models, and what stands for all that they were read from, and for the code that read them."""

    read_from: str
    models: list[Model]


def read(settings: Settings, definitions: Sequence[Definition]) -> list[Model]:
    """Give what `read_models` gives, which is kept beside the parts for the next time."""
    file, read_from = settings.parts / "models.json", _texts(definitions)
    adapter = TypeAdapter(_Known)
    try:
        known = adapter.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        known = None
    if known is None or known.read_from != read_from:
        known = _Known(read_from, read_models(definitions=definitions))
        _keep(file, adapter.dump_json(known))
    return known.models


def _texts(definitions: Sequence[Definition]) -> str:
    return digest(
        version("sqlglot"),
        code("funnels"),
        *(f"{each.key} {each.version}" for each in definitions),
        *(f"{file} {file.read_text(encoding='utf-8')}" for file in query_files()),
    )


def _keep(file: Path, written: bytes) -> None:
    draft = temporary_name(file)
    with open(draft, "wb", opener=private) as opened:
        opened.write(written)
    draft.replace(file)
