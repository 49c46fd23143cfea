"""What has landed: the one way into the lake, and the one way out of it."""

import os
from pathlib import Path

from pipeline.files import private_folder
from pipeline.ingest.accepted import accepted
from pipeline.ingest.catalogue import sources
from pipeline.ingest.digest import Digest
from pipeline.ingest.erasure.door import Door, purposes_of
from pipeline.ingest.erasure.orders import erased, remember
from pipeline.ingest.history import History
from pipeline.ingest.hold import reason_to_hold
from pipeline.ingest.land import (
    Delivery,
    commit,
    land,
    remove_orphans,
    remove_rows,
    write_schemas,
)
from pipeline.ingest.ledger import Known, Ledger
from pipeline.ingest.quarantine import write_quarantine
from pipeline.ingest.report import refused_share
from pipeline.ingest.rest import refuse_changed
from pipeline.ingest.vault import Remembering, Vault
from pipeline.ingest.volume import Draft
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings


class Store:
    """The lake, its ledger and quarantine, and what the lake says of the deliveries before."""

    def __init__(self, settings: Settings, tokens: Tokens) -> None:
        """Read the ledger and clear what a killed run left.

        tokens: made with the key in use; ConfigurationError where the lake was made with another.
        """
        self._settings = settings
        self._lake = settings.lake
        self.ledger = Ledger(self._lake)
        self.ledger.refuse_other_key(tokens.key_ids)
        self._tokens = tokens
        self._vault = Vault(settings) if isinstance(tokens, Remembering) else None
        self.door = Door(tokens, erased(settings), purposes_of(settings)).learn(self._lake)
        private_folder(settings.quarantine)
        remove_orphans(self._lake, set(self.ledger.known))
        for file in settings.quarantine.glob(".*.tmp"):
            file.unlink()
        write_schemas(self._lake, sources())
        self._history = History(self._lake, self.ledger)
        self._accepted = accepted(settings.accepted)

    def begin(self) -> None:
        """Begin with another delivery: who was named in one that did not land is forgotten."""
        if isinstance(self._tokens, Remembering):
            self._tokens.made.clear()

    def keep_identities(self, delivery_id: str) -> None:
        """Keep, before a delivery lands, whom it names, where the bank wants to find them again."""
        if self._vault is not None and isinstance(self._tokens, Remembering):
            self._vault.keep(delivery_id, self._tokens, self.door)

    def remember_returned(self) -> None:
        """Keep out under the last key, too, whoever was erased under an earlier one."""
        marks = {self._tokens.erasure_mark(t): day for t, day in self._tokens.returned.items()}
        remember(self._settings, marks)

    def known(self, delivery_id: str) -> Known | None:
        """Say how a delivery landed; None where it has not."""
        return self.ledger.known.get(delivery_id)

    def reason_to_hold(self, delivery: Delivery, digested: Digest) -> str | None:
        """Say why a delivery waits until it is accepted; one that was, or has landed, does not."""
        if delivery.delivery_id in self._accepted | self.ledger.known.keys():
            return None
        limits = self._settings.parameters
        return reason_to_hold(delivery, digested.datasets, self._history, limits)

    def land(self, delivery: Delivery, digested: Digest) -> int:
        """Land a delivery, or land it again in another way; the ledger is written last.

        Gives how many of its rows stayed out because their persons were erased.
        """
        self.withdraw(delivery.delivery_id)
        self.quarantine(delivery.delivery_id, delivery.source_file, digested)
        self.keep_identities(delivery.delivery_id)
        rows = land(self._lake, delivery, digested.datasets, self.door.admit)
        self._know(delivery)
        for dataset, row in zip(digested.datasets, rows, strict=True):
            self._history.add(dataset.source, row, dataset.table)
        return sum(row["erased"] for row in rows)

    def land_draft(
        self, delivery: Delivery, draft: Draft, path: Path, seen: os.stat_result
    ) -> None:
        """Land a large file that was read; nothing but its refusals where they are too many.

        seen: the file as it was before it was read. Raises FileRefused where it is another by
        now, and changes nothing then.
        """
        try:
            refuse_changed(path, seen)
            if self.known(delivery.delivery_id) is not None:
                remove_rows(self._lake, delivery.delivery_id)
            draft.keep_refusals()
            if refused_share([draft.counts]) > self._settings.parameters.refused_share_limit:
                self._forget(delivery.delivery_id)
                return
            self.keep_identities(delivery.delivery_id)
            draft.keep_rows()
            rows = commit(self._lake, delivery, [draft.summary])
        finally:
            draft.drop()
        self._forget(delivery.delivery_id)
        self.ledger.rows.extend(rows)
        self._know(delivery)

    def withdraw(self, delivery_id: str) -> None:
        """Take a landed delivery out of the lake, before it lands otherwise or not at all."""
        if self._forget(delivery_id):
            remove_rows(self._lake, delivery_id)
            write_quarantine(self._settings.quarantine, delivery_id, "", ())

    def quarantine(self, delivery_id: str, source_file: str, digested: Digest) -> None:
        """Write down what of a delivery is refused."""
        refusals = self.door.refusals(digested.refusals)
        write_quarantine(self._settings.quarantine, delivery_id, source_file, refusals)

    def _know(self, delivery: Delivery) -> None:
        self.ledger.known[delivery.delivery_id] = Known(
            delivery.source_file, delivery.account_id, delivery.mapping_id
        )

    def _forget(self, delivery_id: str) -> bool:
        """Leave a delivery out of what has landed; say whether it had."""
        if self.ledger.known.pop(delivery_id, None) is None:
            return False
        self._history.forget(delivery_id)
        return True
