"""The refusals of a large file, written as they are found."""

from collections.abc import Sequence

from pipeline.files import temporary_name
from pipeline.ingest.convert import Refusal
from pipeline.ingest.files import open_private
from pipeline.ingest.quarantine import line_of
from pipeline.ingest.volume.draft import Target, Written


class QuarantineFile:
    """One delivery's refusals, under a temporary name."""

    def __init__(self, target: Target) -> None:
        delivery = target.delivery
        self._about = delivery.delivery_id, delivery.source_file
        self._path = target.quarantine / f"{delivery.delivery_id}.jsonl"
        self._temporary = temporary_name(self._path, target.mark)
        self._sink = open_private(self._temporary)
        self._finished = False

    def add(self, refusals: Sequence[Refusal]) -> None:
        """Write refusals behind those before."""
        lines = (line_of(*self._about, refusal) + "\n" for refusal in refusals)
        self._sink.write("".join(lines).encode())

    def finish(self) -> Written:
        """Give the file, complete; it is the caller's from now on."""
        self._sink.close()
        self._finished = True
        return Written(self._temporary, self._path, self._temporary.stat().st_size)

    def close(self) -> None:
        """Leave nothing that was not finished."""
        self._sink.close()
        if not self._finished:
            self._temporary.unlink(missing_ok=True)
