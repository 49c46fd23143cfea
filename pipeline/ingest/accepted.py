"""Held deliveries that somebody looked at and let in."""

import json
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ingest.files import write_lines
from pipeline.ingest.inbox import delivery_id
from pipeline.ingest.waiting import read_waiting
from pipeline.privacy.free_text import mask_identities
from pipeline.settings import Settings


def accepted(file: Path) -> set[str]:
    """Give the ids of the deliveries that were let in; file: `Settings.accepted`."""
    return {json.loads(line)["delivery_id"] for line in _lines(file)}


def accept(settings: Settings, path: Path, why: str = "") -> str:
    """Let a held file in: the next ingest lands it. Gives its name below the inbox.

    why: kept beside it, without numbers of persons, for whoever asks later. Raises InputError for
    a file that the last run did not hold; accepting the same file again changes nothing.
    """
    try:
        known_as = delivery_id(path)
    except OSError as error:
        raise InputError(
            f"{path}：打不开（{error.strerror}）；应为留置的文件 · expected a held file"
        ) from None
    held: dict[str, str] = {
        row["delivery_id"]: row["source_file"]
        for row in read_waiting(settings.lake)
        if row["kind"] == "held"
    }
    if known_as not in held:
        raise InputError(
            f"{path}：上次收件没有留置这份文件；留置的有："
            + ("、".join(sorted(held.values())) or "无")
            + " · the last ingest did not hold this file"
        )
    lines = _lines(settings.accepted)
    if known_as not in accepted(settings.accepted):
        told = mask_identities(why)
        entry = {"delivery_id": known_as, "source_file": held[known_as], "why": told}
        write_lines(settings.accepted, [*lines, json.dumps(entry, ensure_ascii=False)])
    return held[known_as]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
