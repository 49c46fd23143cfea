"""The plain ordered funnel, by shrinking: after each step only rows a later step can use stay.

For each event of step k, the entry of the chain that ends there is the latest entry among the
events of step k - 1 before it: of chains as deep, a later entry leaves more of the window, so
none other is needed. Later events never have an earlier entry, so that the last one seen is the
latest: it costs less to carry than a running maximum. Plain SQL that sqlglot writes for Spark.
"""


def reached(rows: str, steps: int, window: int, key: str = "person") -> str:
    """Select key, step, entry (the latest that reaches the step) and moment (the earliest).

    rows: a select of key, t, step, where no two steps share an event. window: in the ticks of t.
    key: the columns that tell apart whose chains are counted. Where the rows of a key hold one
    entry only, moment is when that chain reached the step.
    """
    parts = [f"steps as ({rows})"]
    found = [
        f"select {key}, 1 as step, max(t) as entry, min(t) as moment from steps"
        f" where step = 1 group by {key}"
    ]
    before, carried = "steps", "case when step = 1 then t end"
    for step in range(1, steps):
        parts.append(
            f"seen_{step} as (select *, last_value({carried} ignore nulls) over"
            f" (partition by {key} order by t, step"
            f" rows between unbounded preceding and current row) as entry_{step} from {before})"
        )
        parts.append(
            f"kept_{step} as (select {key}, t, step, entry_{step} from seen_{step}"
            f" where step > {step} and t - entry_{step} <= {window})"
        )
        before, carried = f"kept_{step}", f"case when step = {step + 1} then entry_{step} end"
        found.append(
            f"select {key}, {step + 1} as step, max(entry_{step}) as entry, min(t) as moment"
            f" from {before} where step = {step + 1} group by {key}"
        )
    return f"with {', '.join(parts)} " + " union all ".join(found)


def step_of(fits: tuple[str, ...]) -> str:
    """Write the number of the step an event fits."""
    cases = " ".join(f"when {condition} then {step}" for step, condition in enumerate(fits, 1))
    return f"cast(case {cases} end as tinyint)"
