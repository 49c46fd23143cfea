"""CPU seconds and memory of this process and everything below it: a cluster is many processes."""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 0.2


class Watch:
    """Looks at the processes of Linux five times a second, from `with` to its end.

    What a process that ends uses after the last look is missed.
    """

    def __init__(self) -> None:
        self._cpu: dict[tuple[int, int], int] = {}
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep_on, daemon=True)

    def __enter__(self) -> "Watch":
        """Begin; what was used before does not count."""
        self._look()
        self._before = sum(self._cpu.values())
        self._most = 0
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look once more."""
        self._ended.set()
        self._thread.join()
        self._look()

    @property
    def cpu(self) -> float:
        """CPU seconds, of the user and the system."""
        return (sum(self._cpu.values()) - self._before) / _TICK

    @property
    def gib(self) -> float:
        """The most memory that was resident at once; shared pages count in each process."""
        return self._most * _PAGE / 1024**3

    def _keep_on(self) -> None:
        while not self._ended.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        processes = dict(_processes())
        resident = 0
        for pid, stat in processes.items():
            if _is_below(os.getpid(), pid, processes):
                self._cpu[pid, stat[19]] = stat[11] + stat[12]
                resident += stat[21]
        self._most = max(self._most, resident)


def _processes() -> Iterator[tuple[int, list[int]]]:
    """Give each process and its figures as /proc has them, from the parent's id on at place 1."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            yield int(folder.name), [0, *map(int, stat[1:22])]


def _is_below(top: int, pid: int, processes: dict[int, list[int]]) -> bool:
    while pid != top:
        if pid not in processes:
            return False
        pid = processes[pid][1]
    return True
