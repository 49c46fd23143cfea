"""Persons and times that the home folder must not hold any more: orders, and doing them.

An order is written down before anything is touched, and closed when nothing is left to do. In
between every step can be done again: a run that was killed is finished by the next.
"""

from pipeline.ingest.erasure.apply import apply
from pipeline.ingest.erasure.certificate import Certificate, certify
from pipeline.ingest.erasure.choose import tokens_of, tokens_of_customers, withdrawn
from pipeline.ingest.erasure.orders import Order, close, is_open, place
from pipeline.ingest.erasure.retention import expiring

__all__ = [
    "Certificate",
    "Order",
    "apply",
    "certify",
    "close",
    "expiring",
    "is_open",
    "place",
    "tokens_of",
    "tokens_of_customers",
    "withdrawn",
]
