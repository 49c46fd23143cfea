"""Who of the sample is counted and why the others are not, from the consents as they landed."""

from collections import Counter

from tests.oracle.lake import SHANGHAI


def histories(lake, purpose):
    """Each person's words on a purpose by the run's day."""
    found = {}
    for row in lake.rows("bank_consents"):
        if row["purpose"] == purpose and row["occurred_at"] + SHANGHAI < lake.midnight:
            found.setdefault(row["customer_token"], []).append(row)
    return found


def reason(lake, history):
    """The notice that the sample asks for is that of all its grants."""
    if not history:
        return "never_asked"
    at = max(row["occurred_at"] for row in history)
    last = {row["action"]: row for row in history if row["occurred_at"] == at}
    if "withdraw" in last:
        return "tied" if "grant" in last else "withdrawn"
    if last["grant"]["valid_until"] < lake.as_of:
        return "expired"
    return "counted" if last["grant"]["separate"] else "not_separate"


def test_everybody_is_counted_or_not_for_the_reason_their_own_words_give(lake, published):
    words = histories(lake, "channel_analytics")
    everybody = {
        row["customer_token"]
        for dataset in ("bank_events", "bank_balances")
        for row in lake.rows(dataset)
        if row["customer_token"] is not None
    }
    want = Counter(reason(lake, words.get(token)) for token in everybody)
    found = {row["reason"]: row["customers"] for row in published("consent_reasons")}
    assert found.pop(None) == len(everybody)
    assert found == want
    assert len(want) > 4 and min(want.values()) >= 10, "nothing of the sample's is withheld"

    refused = histories(lake, "personalisation")
    assert {row["action"] for rows in refused.values() for row in rows} == {"withdraw"}
    (coverage,) = published("consent_coverage")
    assert coverage["not_addressed"] == len(refused.keys() & everybody & lake.consented()) > 0
    assert coverage["consented"] == want["counted"]
