"""What was built out of what: one row a model and partition, kept in the analyst's database.

A row says which query and which inputs made what is there. It is never a first and a last day: a
gap would look done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.settings import Settings
from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.lake import Dataset


@dataclass(frozen=True)
class Made:
    """One partition of a model, or the whole of it (partition "").

    definition: stands for its query; inputs: for all it was made from; content: for its rows,
    before anybody's consent is asked.
    """

    model: str
    partition: str
    definition: str
    inputs: str
    rows: int = 0
    content: str = ""

    @property
    def fingerprint(self) -> str:
        """Name what it is by what it is made of."""
        return self.definition[:8] + self.inputs[:16]

    def holding(self, rows: int, content: str) -> "Made":
        """Tell what came of it."""
        return replace(self, rows=rows, content=content)


State = dict[tuple[str, str], Made]

_SETTINGS = (
    *("run", "publish", "parameters", "parameter_list", "calendar", "funnel_steps"),
    *("purposes", "review_rules"),
)


@dataclass(frozen=True)
class Previous:
    """What the last build left: its database, what stands in it, and what it was made of."""

    database: Path
    made: State
    inputs: str = ""
    is_published: bool = False

    def is_made_of(self, inputs: str) -> bool:
        """Whether it was made of the same, down to the published file."""
        return self.is_published and self.inputs == inputs


def read(settings: Settings) -> Previous:
    """Give what the analyst's database holds; nothing where there is none that can be read."""
    names = ", ".join(field.name for field in fields(Made))
    database = settings.analysis_database
    try:
        with duckdb_engine.connect_to_read(database) as connection:
            rows = connection.execute(f"select {names} from settings.state").fetchall()
            (publish_id, inputs), *_ = connection.execute(
                "select publish_id, inputs from settings.publish"
            ).fetchall()
    except duckdb.Error:
        return Previous(database, {})
    made = {(entry.model, entry.partition): entry for entry in (Made(*row) for row in rows)}
    return Previous(database, made, inputs, publish_id == _published_id(settings))


def inputs(connection: duckdb.DuckDBPyConnection, datasets: Mapping[str, Dataset]) -> State:
    """Give what stands for everything that models read and no model makes."""
    contents = {
        name: duckdb_engine.content(connection, name)
        for name in (f"settings.{table}" for table in _SETTINGS)
    }
    contents |= {f"lake.{name}": dataset.stamp for name, dataset in datasets.items()}
    return {(name, ""): Made(name, "", "", "", 0, content) for name, content in contents.items()}


def write(connection: duckdb.DuckDBPyConnection, made: State) -> None:
    """Write the state into the database that it speaks of."""
    ordered = [made[key] for key in sorted(made)]
    columns = [field.name for field in fields(Made)]
    rows = pa.table({name: [getattr(entry, name) for entry in ordered] for name in columns})
    connection.register("state_rows", rows)
    connection.execute("create table settings.state as select * from state_rows")
    connection.unregister("state_rows")


def _published_id(settings: Settings) -> str | None:
    try:
        with duckdb_engine.connect_to_read(settings.published_database) as connection:
            found = connection.execute("select publish_id from published.run").fetchone()
    except duckdb.Error:
        return None
    return str(found[0]) if found else None
