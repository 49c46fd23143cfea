"""Where a column comes from: what each is computed of, from a published one down to staging."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import duckdb
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node
from sqlglot.lineage import lineage as of_query

from pipeline.errors import InputError, ModelError
from pipeline.settings import Settings
from pipeline.warehouse import duckdb_engine, funnel_tables
from pipeline.warehouse.model import Model, read_models

_ENDS = ("settings", "lake")
"""Layers that are not followed further: their columns are what was delivered, or set."""

Schema = dict[str, object]


@dataclass(frozen=True)
class Origin:
    """A column, how it is computed in its model's query, and the columns that takes.

    computed: the expressions it goes through in the query, the last one first; empty where it is
    taken over as it is. depth: how far below the column that was asked for. A column of numbers of
    rows (`count(*)`) takes no column.
    """

    column: str
    computed: tuple[str, ...]
    reads: tuple[str, ...]
    depth: int = 0


class Lineage:
    """Where columns come from, by the models as they are; each query is read once."""

    def __init__(self, settings: Settings, lake: Mapping[str, Iterable[str]] | None = None) -> None:
        """Read the models.

        lake: the columns of the lake's datasets; where given, columns are followed down to those,
        else to staging, whose columns are what was delivered, by the same name.
        """
        definitions = funnel_tables.definitions(settings)
        self._models = {model.name: model for model in read_models(definitions=definitions)}
        self._columns = {name: list(model.columns) for name, model in self._models.items()}
        self._columns |= _settings_columns(settings)
        self._columns |= {f"lake.{name}": list(columns) for name, columns in (lake or {}).items()}
        self._ends = _ENDS if lake is not None else (*_ENDS, "staging")
        self._origins: dict[str, Origin] = {}
        self._nodes: dict[str, dict[str, Node]] = {}

    @property
    def tables(self) -> dict[str, list[str]]:
        """The columns of every table that is known, by its name."""
        return self._columns

    def of(self, column: str) -> list[Origin]:
        """Follow a column, such as `published.weekly_funnel.persons`, to the staged ones behind it.

        Every column stands once, before those it takes, the nearest first. Raises InputError for a
        table or a column there is not, naming those like it.
        """
        _refuse_unknown(column, self._models)
        depths = {column: 0}
        ahead = [column]
        while ahead:
            name = ahead.pop(0)
            for read in self.origin(name).reads:
                if read not in depths:
                    depths[read] = depths[name] + 1
                    ahead.append(read)
        return [replace(self.origin(name), depth=depth) for name, depth in depths.items()]

    def origin(self, name: str) -> Origin:
        """Give what a column takes in one step; KeyError for one there is not."""
        if name not in self._origins:
            self._origins[name] = self._found(name)
        return self._origins[name]

    def _found(self, name: str) -> Origin:
        table, _, column = name.rpartition(".")
        if table.split(".")[0] in self._ends:
            return Origin(name, (), ())
        node = self._of_model(table)[column]
        return Origin(name, _expressions(node), _leaves(node))

    def _of_model(self, table: str) -> dict[str, Node]:
        """Follow all columns of a model through its query."""
        if table not in self._nodes:
            model = self._models[table]
            schema = _schema({read: self._columns[read] for read in model.reads})
            try:
                # untrimmed: what a node's query looks like is not read, and copying it for each
                # column takes five times as long as all else
                nodes = of_query(None, model.sql, schema, dialect="duckdb", trim_selects=False)
            except SqlglotError as error:
                raise ModelError(f"{table}: its columns cannot be followed: {error}") from None
            assert isinstance(nodes, dict)
            self._nodes[table] = nodes
        return self._nodes[table]


def _walked(node: Node) -> Iterator[Node]:
    """Give each node below one, itself first, once: branches of a query share what they take."""
    seen, ahead = set(), [node]
    while ahead:
        each = ahead.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            ahead.extend(reversed(each.downstream))


def _expressions(node: Node) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for each in _walked(node):
        computed = each.expression.unalias()
        if not isinstance(computed, exp.Column | exp.Table | exp.Query):
            found[computed.sql(dialect="duckdb", comments=False)] = None
    return tuple(found)


def _leaves(node: Node) -> tuple[str, ...]:
    """Give the columns of other tables that a query's column is made of, by name."""
    found = set()
    for each in _walked(node):
        if isinstance(table := each.expression, exp.Table):
            column = each.name.rpartition(".")[2].strip('"')
            found.add(f"{table.db}.{table.name}.{column}")
    return tuple(sorted(found))


def _schema(known: Mapping[str, Iterable[str]]) -> Schema:
    schema: dict[str, dict[str, dict[str, str]]] = {}
    for name, columns in known.items():
        layer, table = name.split(".")
        schema.setdefault(layer, {})[table] = dict.fromkeys(columns, "varchar")
    return dict(schema)


def _settings_columns(settings: Settings) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with duckdb.connect() as connection:
        duckdb_engine.prepare(connection, settings, "")
        for table, column in connection.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns()"
            " where schema_name = 'settings' order by column_index"
        ).fetchall():
            found.setdefault(table, []).append(column)
    return found


def _refuse_unknown(column: str, models: Mapping[str, Model]) -> None:
    table, _, name = column.rpartition(".")
    if table not in models:
        _unknown(f"没有表 {table or column}（no such table）", table or column, models)
    if name not in models[table].columns:
        _unknown(f"{table} 没有列 {name}（no such column）", name, models[table].columns)


def _unknown(said: str, wanted: str, known: Iterable[str]) -> None:
    near = difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.4) or list(known)[:8]
    raise InputError(f"{said}；写法如 published.weekly_funnel.persons，相近的有 {', '.join(near)}")
