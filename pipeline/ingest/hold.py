"""Exports that fit their declaration and still look like a mistake: held until accepted.

Three mistakes are common where one operator keeps several accounts: the export of another account
in this account's folder, a download that failed into zeros, and a list cut short by a filter. Each
would land as good rows and be noticed weeks later, so the file is held and named instead.
"""

from collections.abc import Iterator, Sequence

from pipeline.ingest.history import History, is_all_zero, posts
from pipeline.ingest.land import Dataset, Delivery
from pipeline.parameters import Parameters


def reason_to_hold(
    delivery: Delivery, datasets: Sequence[Dataset], history: History, limits: Parameters
) -> str | None:
    """Say why an export of an account should not land unseen; None where nothing speaks so.

    What the bank itself delivers is not judged, nor what has fewer rows than
    `limits.held_least_rows`.
    """
    account = delivery.account_id
    rows = sum(dataset.table.num_rows for dataset in datasets)
    if account is None or rows < limits.held_least_rows:
        return None
    found = next(_reasons(delivery, account, datasets, history, limits), None)
    if found is None:
        return None
    return (
        f"{found}: export it again from the right account, without a filter; or, where it is "
        f"right as it is, run: funnel accept FILE ({delivery.source_file})"
    )


def _reasons(
    delivery: Delivery,
    account: str,
    datasets: Sequence[Dataset],
    history: History,
    limits: Parameters,
) -> Iterator[str]:
    if _all_zero(account, datasets, history):
        yield (
            "every number in it is 0, and those that the account delivered before were not; "
            "expected numbers"
        )
    for dataset in datasets:
        if dataset.source.post_key:
            yield from _of_another(account, dataset, history, limits)
        if dataset.source.lifetime:
            yield from _vanished(delivery, account, dataset, history, limits)


def _all_zero(account: str, datasets: Sequence[Dataset], history: History) -> bool:
    measured = [dataset for dataset in datasets if dataset.table.num_rows]
    return all(is_all_zero(dataset.source, dataset.table) for dataset in measured) and any(
        history.has_counted(dataset.source, account) for dataset in measured
    )


def _of_another(
    account: str, dataset: Dataset, history: History, limits: Parameters
) -> Iterator[str]:
    """Find the account whose posts these are.

    Where as many are known as the account's own it is the same account as before: two accounts
    that post the same are accepted once, not every night.
    """
    mine = posts(dataset.source, dataset.table)
    landed = history.posts_of(dataset.source)
    too_many = limits.held_overlap * len(mine)
    if len(mine & landed.get(account, set())) > too_many:
        return
    for other in sorted(landed.keys() - {account}):
        shared = len(mine & landed[other])
        if shared > too_many:
            yield (
                f"{shared:,} of its {len(mine):,} posts are posts that {other} delivered; "
                f"expected those of {account}"
            )


def _vanished(
    delivery: Delivery, account: str, dataset: Dataset, history: History, limits: Parameters
) -> Iterator[str]:
    """Compare a lifetime list with the one before, which may have ended at the row limit."""
    before = history.last_before(dataset.source, account, delivery.exported_at)
    if before is None:
        return
    had = min(before["landed"], dataset.source.row_limit or before["landed"])
    has = dataset.delivered - dataset.repeated
    if had >= limits.held_least_rows and has < limits.held_shrink * had:
        yield (
            f"{has:,} posts, where the export of {before['exported_at']:%Y-%m-%d} listed "
            f"{had:,}; expected a list that grows"
        )
