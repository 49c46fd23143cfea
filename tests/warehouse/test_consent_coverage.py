"""How far consent reaches, and why it does not reach further."""

import datetime as dt
import random
import uuid
from collections import Counter

from tests.warehouse.people import ANNA, BEN, CARA, DORA, EMIL

PURPOSE = "channel_analytics"
TODAY = dt.date(2026, 11, 16)


def test_coverage_is_the_share_of_known_customers_who_consented(given, assert_built):
    given["staging.known_customers"] = f"customer_token\n {ANNA}\n {BEN}"
    given["staging.consented_customers"] = f"customer_token\n {ANNA}\n {CARA}"
    given["staging.reachable_customers"] = f"""
        purpose   | customer_token
        {PURPOSE} | {ANNA}
        {PURPOSE} | {CARA}
        """
    assert_built(
        "published.consent_coverage",
        """
        customers | consented | coverage | not_addressed
        2         | 1         | 0.5      | 0
        """,
    )


def test_without_customers_there_is_no_coverage(given, assert_built):
    given["published.consent_reasons"] = "reason | customers | suppressed"
    assert_built(
        "published.consent_coverage",
        """
        customers | consented | coverage | not_addressed
        0         | 0         |          | 0
        """,
    )


def test_who_refused_to_be_addressed_is_counted_and_told_apart(given, assert_built):
    given["staging.known_customers"] = f"customer_token\n {ANNA}\n {BEN}\n {CARA}"
    given["staging.consented_customers"] = f"customer_token\n {ANNA}\n {BEN}"
    given["staging.reachable_customers"] = f"""
        purpose   | customer_token
        {PURPOSE} | {BEN}
        marketing | {ANNA}
        """
    assert_built(
        "published.consent_coverage",
        """
        customers | consented | not_addressed
        3         | 2         | 1
        """,
    )


def test_what_is_withheld_among_the_reasons_is_not_read_here(given, assert_built):
    """Where two did not consent, the counted and all would tell it."""
    given["staging.known_customers"] = f"customer_token\n {ANNA}\n {BEN}"
    given["published.consent_reasons"] = """
        reason    | customers | suppressed
                  | 2         |
        counted   |           | customers
        withdrawn |           | customers
        """
    assert_built("published.consent_coverage", "customers | suppressed\n 2 | consented")


def test_everybody_is_counted_or_left_out_for_one_reason(given, assert_built):
    given["staging.known_customers"] = "\n".join(["customer_token", *(ANNA, BEN, CARA, DORA, EMIL)])
    given["staging.consent_standings"] = f"""
        purpose   | customer_token | standing
        {PURPOSE} | {ANNA}         | valid
        {PURPOSE} | {BEN}          | withdrawn
        {PURPOSE} | {CARA}         | tied
        marketing | {DORA}         | valid
        {PURPOSE} | 00000000-0000-0000-0000-000000000009 | valid
    """
    assert_built(
        "published.consent_reasons",
        """
        reason      | customers
                    | 5
        counted     | 1
        never_asked | 2
        tied        | 1
        withdrawn   | 1
        """,
    )


def test_reasons_are_those_of_a_plain_reading_of_the_events(given, assert_built):
    """Drawn histories, three events each, against a loop over them in the order of the law."""
    draw = random.Random(20261116)
    events = {uuid.UUID(int=person): _history(draw) for person in range(1, 400)}
    given["settings.purposes"] = f"""
        purpose   | consent  | notice_1 | notice_2
        {PURPOSE} | separate | 2026     | 1
    """
    given["staging.known_customers"] = "\n".join(["customer_token", *map(str, events)])
    given["staging.bank_consents"] = "\n".join(
        [
            "customer_token | purpose | action | separate | notice_version | occurred_at"
            " | valid_until",
            *(
                f"{token} | {PURPOSE} | {action} | {separate} | {notice} | {at} | {until or ''}"
                for token, history in events.items()
                for at, action, separate, notice, until in history
            ),
        ]
    )
    given.build("staging.consent_standings")
    found = Counter(map(_reason, events.values()))
    assert len(found) == 7, "all reasons are drawn"
    rows = [f"{reason} | {found[reason]}" for reason in sorted(found)]
    assert_built("published.consent_reasons", "\n".join(["reason | customers", " | 399", *rows]))


def _history(draw):
    """Draw up to three events, no two of one instant and action."""
    events = [_event(draw) for _ in range(draw.randint(0, 3))]
    return list({event[:2]: event for event in events}.values())


def _event(draw):
    at = dt.datetime(2026, draw.randint(1, 3), 1)
    until = draw.choice([None, None, None, dt.date(2026, 11, 15), TODAY])
    return (
        at,
        draw.choice(["grant", "grant", "grant", "withdraw"]),
        draw.random() < 0.8,
        draw.choice(["2025.12", "2026.1", "v2026-2"]),
        until,
    )


def _reason(history):
    if not history:
        return "never_asked"
    last = max(event[0] for event in history)
    words = {event[1]: event for event in history if event[0] == last}
    if "withdraw" in words:
        return "tied" if "grant" in words else "withdrawn"
    _, _, separate, notice, until = words["grant"]
    if until is not None and until < TODAY:
        return "expired"
    if not separate:
        return "not_separate"
    return "earlier_notice" if notice == "2025.12" else "counted"
