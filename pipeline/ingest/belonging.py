"""Whose a file of the inbox is, and how its columns are mapped; both may change after it landed."""

from pathlib import Path

from pipeline.ingest import mapping
from pipeline.ingest.container import FileRefused
from pipeline.ingest.inbox import Register
from pipeline.ingest.ledger import Known
from pipeline.settings import Settings


class Belonging:
    """The accounts of the register and the mapping files of the inbox, as they are in this run.

    present: names of the files that lie in the inbox.
    """

    def __init__(self, settings: Settings) -> None:
        self.present: set[str] = set()
        self._lake = settings.lake
        self._inbox = settings.inbox
        self._known_register: Register | None = None
        self._mapping_ids: dict[Path, str | None] = {}

    def read_register_again(self) -> None:
        """Forget the register: one has landed since."""
        self._known_register = None

    def knows(self, account_id: str) -> bool:
        """Whether the register has the account."""
        return self._register().knows(account_id)

    def account_of(self, source_file: str) -> str:
        """Give the account whose a file is; FileRefused where its place says none."""
        return self._register().account_of(source_file)

    def account_or_none(self, source_file: str) -> str | None:
        """Give the account whose a file is, None where its place says none."""
        try:
            return self.account_of(source_file)
        except FileRefused:
            return None

    def mapping_id(self, source_file: str) -> str | None:
        """Stand for the mapping files a file is read by; None where there is none."""
        folder = (self._inbox / source_file).parent
        if folder not in self._mapping_ids:
            self._mapping_ids[folder] = mapping.mapping_id(folder, self._inbox)
        return self._mapping_ids[folder]

    def has_changed(self, known: Known, source_file: str) -> bool:
        """Whether a landed file would land otherwise by now.

        Its mapping file was corrected, or it has another account: the register came late, or it
        moved. Of copies in several places only the one that landed is looked at.
        """
        if source_file != known.source_file and known.source_file in self.present:
            return False
        if self.mapping_id(source_file) != known.mapping_id:
            return True
        if known.account_id is None:
            return False
        return self.account_or_none(source_file) not in (None, known.account_id)

    def _register(self) -> Register:
        if self._known_register is None:
            self._known_register = Register(self._lake)
        return self._known_register
