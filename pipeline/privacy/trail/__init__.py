"""The audit trail: who read, exported, erased or was refused what, each line chained to the last.

Lines name tables and count rows; they hold no value, no literal of a query and no token. Whoever
can write the file can write all of it anew, so the head of the chain is kept elsewhere, too: beside
it, in the record of every night, and wherever the bank keeps what a night prints: docs/PRIVACY.md.
"""

from pipeline.privacy.trail.reading import Counted, Verified, counts, verify
from pipeline.privacy.trail.writing import head, record

__all__ = ["Counted", "Verified", "counts", "head", "record", "verify"]
