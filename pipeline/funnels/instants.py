"""The ordered funnel with everything: optional steps, step windows, exclusions, strict order,
events that fit several steps.

A row is an instant of a person. `a_k` is the latest entry of a chain that comes from an earlier
instant to reach step k at this one; `e_k` is the latest entry of a chain that has reached step k
when the instant is over, having gone on from a step i <= k within it. What later steps need to
know of a chain is its last instant and its entry, and of two chains with the same last instant
the later entry allows whatever the other does: so one entry a step and instant is enough.

An exclusion counts for chains that get as far as its to_step. Chains are therefore counted once
for each depth at which the exclusions that count change: `e0_k`, `e3_k` …: the number is the
lowest depth. Where an exclusion begins or ends at a step that is passed over, it begins at the
step reached before, and ends at the step reached after.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.funnels.definition import Exclusion, Funnel
from pipeline.funnels.matching import Sharing


@dataclass(frozen=True)
class Chains:
    """Writes the counting of one funnel.

    ticks: the units of t that make a second. key: the columns that tell apart whose chains are
    counted.
    """

    funnel: Funnel
    sharing: Sharing
    ticks: int
    key: str = "person"

    @property
    def last(self) -> int:
        """The number of the last step."""
        return len(self.funnel.steps)

    @property
    def depths(self) -> list[int]:
        """The depths from which other exclusions count, from 0 where none does."""
        return sorted({0, *(exclusion.to_step for exclusion in self.funnel.exclusions)})

    def depth_of(self, step: int) -> int:
        """Give the depth whose exclusions count for a chain that ends at a step."""
        return max(depth for depth in self.depths if depth <= step)

    def over(self, frame: str) -> str:
        """Write the window over some of the instants of the same person."""
        return f"over (partition by {self.key} order by t {frame})"

    def exclusions(self, depth: int) -> list[tuple[int, Exclusion]]:
        """Give the exclusions that count at a depth, numbered from 1."""
        numbered = enumerate(self.funnel.exclusions, 1)
        return [(number, e) for number, e in numbered if e.to_step <= depth]

    def deepest(self, depth: int) -> int:
        """Give the last step that has to be counted with the exclusions of a depth."""
        if depth == 0 and self.funnel.leaves:
            return self.last
        return max(k for k in range(self.last + 1) if self.depth_of(k) == depth)

    def before(self, step: int) -> list[int]:
        """Give the steps that may be reached last before a step: optional ones are passed over."""
        found: list[int] = []
        for earlier in range(step - 1, 0, -1):
            found.append(earlier)
            if not self.funnel.steps[earlier - 1].optional:
                break
        return found

    def between(self, first: int, last: int) -> set[int]:
        """Give the steps that have to be filled to go from a step to another."""
        needed = range(first + 1, last)
        return {first, last, *(k for k in needed if not self.funnel.steps[k - 1].optional)}


def reached(rows: str, chains: Chains) -> str:
    """Select key, step, entry (the latest that reaches the step), clean and moment.

    rows: a select of key, t, starts (may it start the clock), fits_1 …, excluded_1 …. clean:
    the latest entry of a chain that holds no excluded event; entry is of any chain where the
    excluded leave the funnel. moment: when step is first reached, without excluded events.
    """
    layers = ["instants as (" + _instants(rows, chains) + ")"]
    layers.append(f"counted as ({_running(chains)})")
    previous = "counted"
    for number, columns in enumerate(_layers(chains)):
        layers.append(f"layer_{number} as (select *, {columns} from {previous})")
        previous = f"layer_{number}"
    layers.append(f"chains as (select * from {previous})")
    found = " union all ".join(_found(chains, step) for step in range(1, chains.last + 1))
    return f"with {', '.join(layers)} {found}"


def _found(chains: Chains, step: int) -> str:
    clean = f"e{chains.depth_of(step)}_{step}"
    entry = f"e0_{step}" if chains.funnel.leaves else clean
    return (
        f"select {chains.key}, {step} as step, max({entry}) as entry, max({clean}) as clean,"
        f" min(case when {clean} is not null then t end) as moment from chains"
        f" where {entry} is not null group by {chains.key}"
    )


def _instants(rows: str, chains: Chains) -> str:
    """Put the events of a person at the same instant into one row."""
    sums = ["max(starts) as starts"]
    for name, kinds in chains.sharing.counts().items():
        sums.append(_sum(" or ".join(f"fits_{kind}" for kind in kinds), name))
    for number, _ in enumerate(chains.funnel.exclusions, 1):
        sums.append(_sum(f"excluded_{number}", f"x_{number}"))
    for step in range(1, chains.last if chains.funnel.order == "strict" else 1):
        sums.append(f"sum(case when fits_{step} then 0 else 1 end) as o_{step}")
    key = f"{chains.key}, t"
    return f"select {key}, {', '.join(sums)} from ({rows}) as event_rows group by {key}"


def _sum(condition: str, name: str) -> str:
    return f"sum(case when {condition} then 1 else 0 end) as {name}"


def _interrupting(chains: Chains) -> list[str]:
    """Name the columns that count what may interrupt a chain."""
    names = [f"x_{number}" for number, _ in enumerate(chains.funnel.exclusions, 1)]
    if chains.funnel.order == "strict":
        names += [f"o_{step}" for step in range(1, chains.last)]
    return names


def _running(chains: Chains) -> str:
    """Count what may interrupt a chain: up to the instant before, and up to this one."""
    frame = chains.over("rows between unbounded preceding and current row")
    sums = [
        f", sum({name}) {frame} as upto_{name}, sum({name}) {frame} - {name} as before_{name}"
        for name in _interrupting(chains)
    ]
    # Instants of no step have had their say then: chains do not rest there.
    kept = " or ".join(f"n_{kind} > 0" for kind in sorted(set(chains.sharing.kinds)))
    return f"select * from (select *{''.join(sums)} from instants) as running where {kept}"


def _layers(chains: Chains) -> Iterator[str]:
    """Write, step by step, the columns a_k and then e_k for every depth."""
    for step in range(1, chains.last + 1):
        depths = [depth for depth in chains.depths if step <= chains.deepest(depth)]
        yield ", ".join(f"{_arriving(chains, depth, step)} as a{depth}_{step}" for depth in depths)
        yield ", ".join(f"{_leaving(chains, depth, step)} as e{depth}_{step}" for depth in depths)


def _arriving(chains: Chains, depth: int, step: int) -> str:
    """Write the latest entry of a chain that comes from an earlier instant to reach a step."""
    if step == 1:
        return "case when starts then t end"
    window = chains.funnel.steps[step - 1].window
    begin = "unbounded" if window is None else window * chains.ticks
    over = chains.over(f"range between {begin} preceding and 1 preceding")
    carried = [_carried(chains, depth, earlier, step, over) for earlier in chains.before(step)]
    latest = carried[0] if len(carried) == 1 else f"greatest({', '.join(carried)})"
    limit = chains.funnel.window * chains.ticks
    return f"case when t - {latest} <= {limit} then {latest} end"


def _carried(chains: Chains, depth: int, earlier: int, step: int, over: str) -> str:
    """Write the latest entry at a step, of chains without anything since that interrupts them."""
    names = [
        f"x_{number}"
        for number, exclusion in chains.exclusions(depth)
        if earlier < exclusion.to_step and step > exclusion.from_step
    ]
    if chains.funnel.order == "strict":
        names.append(f"o_{earlier}")
    entry = f"e{depth}_{earlier}"
    if not names:
        return f"max({entry}) {over}"
    # The chains met with the most interruptions behind them are the newest: only if none came
    # since is any of them whole, and then the others are not.
    upto = " + ".join(f"upto_{name}" for name in names)
    before = " + ".join(f"before_{name}" for name in names)
    pair = f"struct_pack(since := {upto}, entry := {entry})"
    newest = f"max(case when {entry} is not null then {pair} end) {over}"
    return f"case when ({newest}).since = {before} then ({newest}).entry end"


def _leaving(chains: Chains, depth: int, step: int) -> str:
    """Write the latest entry of a chain that has reached a step when the instant is over."""
    ways = [_going_on(chains, depth, first, step) for first in range(1, step + 1)]
    return ways[0] if len(ways) == 1 else f"greatest({', '.join(ways)})"


def _going_on(chains: Chains, depth: int, first: int, step: int) -> str:
    tests = [chains.sharing.filled(chains.between(first, step))]
    tests += [
        f"x_{number} = 0"
        for number, exclusion in chains.exclusions(depth)
        if exclusion.from_step < first and exclusion.to_step > step
    ]
    return f"case when {' and '.join(tests)} then a{depth}_{first} end"
