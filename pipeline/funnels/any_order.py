"""The funnel in any order: how many steps are done within the window of the first of them."""

from pipeline.funnels.matching import Sharing

_FROM_HERE = "over (partition by person order by t range between current row and {end} following)"
_SO_FAR = "over (partition by person order by t rows between unbounded preceding and current row)"
_LATER = "over (partition by person order by t rows between 1 following and unbounded following)"


def reached(rows: str, sharing: Sharing, window: int, leaves: bool, excludes: bool) -> str:
    """Select person, step (steps done), entry (the latest start), clean.

    rows: a select of person, t, fits_1 …, excluded (is it an excluded event). window: in the
    ticks of t. An excluded event counts against all steps only, strictly between first and last.
    """
    counts, steps = sharing.counts(), len(sharing.kinds)
    within = _FROM_HERE.format(end=window)
    ahead = ", ".join(f"sum({n}) {within} as w_{n}" for n in counts)
    so_far = ", ".join(f"sum({n}) {_SO_FAR} as s_{n}" for n in counts)
    # The events up to the next excluded one: as many as had come by then, less those before.
    until = ", ".join(
        f"least(w_{n}, coalesce(min(case when x > 0 then s_{n} end) {_LATER} - s_{n} + {n}, w_{n}))"
        f" as c_{n}"
        for n in counts
    )
    done, clean = sharing.most_filled("w_"), sharing.most_filled("c_")
    dones = (
        f"select person, t, {done} as done, {clean} as clean from ("
        f"select *, {until} from (select *, {ahead}, {so_far} from instants) as ahead) as clean"
        if excludes
        else f"select person, t, {done} as done, {done} as clean"
        f" from (select *, {ahead} from instants) as ahead"
    )
    found = " union all ".join(_found(step, steps, leaves) for step in range(1, steps + 1))
    return f"with instants as ({_instants(rows, sharing)}), starts as ({dones}) {found}"


def moments(rows: str, sharing: Sharing) -> str:
    """Select person, step and moment: when so many steps are done, from each person's first row."""
    counts, steps = sharing.counts(), len(sharing.kinds)
    so_far = ", ".join(f"sum({n}) {_SO_FAR} as s_{n}" for n in counts)
    done = (
        f"select person, t, {sharing.most_filled('s_')} as done"
        f" from (select *, {so_far} from instants) as so_far"
    )
    found = " union all ".join(
        f"select person, {step} as step, min(t) as moment from progress where done >= {step}"
        " group by person"
        for step in range(1, steps + 1)
    )
    return f"with instants as ({_instants(rows, sharing)}), progress as ({done}) {found}"


def _instants(rows: str, sharing: Sharing) -> str:
    sums = [
        f"sum(case when {' or '.join(f'fits_{kind}' for kind in kinds)} then 1 else 0 end)"
        f" as {name}"
        for name, kinds in sharing.counts().items()
    ]
    sums.append("sum(case when excluded then 1 else 0 end) as x")
    return f"select person, t, {', '.join(sums)} from ({rows}) as event_rows group by person, t"


def _found(step: int, steps: int, leaves: bool) -> str:
    entry = "done" if step < steps or leaves else "clean"
    clean = "done" if step < steps else "clean"
    return (
        f"select person, {step} as step, max(case when {entry} >= {step} then t end) as entry,"
        f" max(case when {clean} >= {step} then t end) as clean"
        f" from starts where {entry} >= {step} group by person"
    )
