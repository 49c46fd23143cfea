"""The funnel in any order: how many steps are done within the window of the first of them."""

from pipeline.funnels.matching import Sharing

_FROM_HERE = "over (partition by {key} order by t range between current row and {end} following)"
_SO_FAR = "over (partition by {key} order by t rows between unbounded preceding and current row)"
_LATER = "over (partition by {key} order by t rows between 1 following and unbounded following)"


def reached(
    rows: str, sharing: Sharing, window: int, leaves: bool, excludes: bool, key: str = "person"
) -> str:
    """Select key, step (steps done), entry (the latest start), clean.

    rows: a select of key, t, starts (may it start the clock), fits_1 …, excluded (is it an
    excluded event). window: in the ticks of t. key: the columns that tell apart whose chains are
    counted. An excluded event counts against all steps only, strictly between first and last.
    """
    counts, steps = sharing.counts(), len(sharing.kinds)
    within = _FROM_HERE.format(key=key, end=window)
    up_to_here, later = _SO_FAR.format(key=key), _LATER.format(key=key)
    ahead = ", ".join(f"sum({n}) {within} as w_{n}" for n in counts)
    so_far = ", ".join(f"sum({n}) {up_to_here} as s_{n}" for n in counts)
    # The events up to the next excluded one: as many as had come by then, less those before.
    until = ", ".join(
        f"least(w_{n}, coalesce(min(case when x > 0 then s_{n} end) {later} - s_{n} + {n}, w_{n}))"
        f" as c_{n}"
        for n in counts
    )
    done, clean = sharing.most_filled("w_"), sharing.most_filled("c_")
    dones = (
        f"select {key}, t, starts, {done} as done, {clean} as clean from ("
        f"select *, {until} from (select *, {ahead}, {so_far} from instants) as ahead) as clean"
        if excludes
        else f"select {key}, t, starts, {done} as done, {done} as clean"
        f" from (select *, {ahead} from instants) as ahead"
    )
    found = " union all ".join(_found(step, steps, leaves, key) for step in range(1, steps + 1))
    started = f"select * from ({dones}) as done where starts"
    return f"with instants as ({_instants(rows, sharing, key)}), started as ({started}) {found}"


def moments(rows: str, sharing: Sharing, key: str = "person") -> str:
    """Select key, step and moment: when so many steps are done, from the first row of each key.

    rows, key: as of reached.
    """
    counts, steps = sharing.counts(), len(sharing.kinds)
    so_far = ", ".join(f"sum({n}) {_SO_FAR.format(key=key)} as s_{n}" for n in counts)
    done = (
        f"select {key}, t, {sharing.most_filled('s_')} as done"
        f" from (select *, {so_far} from instants) as so_far"
    )
    found = " union all ".join(
        f"select {key}, {step} as step, min(t) as moment from progress where done >= {step}"
        f" group by {key}"
        for step in range(1, steps + 1)
    )
    return f"with instants as ({_instants(rows, sharing, key)}), progress as ({done}) {found}"


def _instants(rows: str, sharing: Sharing, key: str) -> str:
    sums = ["max(starts) as starts"]
    sums += [
        f"sum(case when {' or '.join(f'fits_{kind}' for kind in kinds)} then 1 else 0 end)"
        f" as {name}"
        for name, kinds in sharing.counts().items()
    ]
    sums.append("sum(case when excluded then 1 else 0 end) as x")
    return f"select {key}, t, {', '.join(sums)} from ({rows}) as event_rows group by {key}, t"


def _found(step: int, steps: int, leaves: bool, key: str) -> str:
    entry = "done" if step < steps or leaves else "clean"
    clean = "done" if step < steps else "clean"
    return (
        f"select {key}, {step} as step, max(case when {entry} >= {step} then t end) as entry,"
        f" max(case when {clean} >= {step} then t end) as clean"
        f" from started where {entry} >= {step} group by {key}"
    )
