"""One SQL file, read: what a row is, what makes it unique, what it reads, what its columns mean.

A model is a plain `select` that can be pasted into a DuckDB shell. Its folder is the schema, its
file name the table. The comment at its top is its description; these lines of it are read
(a long one may be given as several):

    -- grain: week_starts, account_id      what makes a row unique; `one row` for a single row
    -- persons: mau (aum_yuan), reached    columns that count persons (what is withheld with each)
    -- nested: tier, unit_id, account_id   the columns of a level path: parts fill one more of them
    -- beside: platform, account_id        a second path to the same parts; the cells that fill its
                                           first column are on it, the whole is on both
    -- crossed: from_state, to_state       each may be empty, which is the sum over it
    -- alike: dimension                    the same persons in several arrangements, of which this
                                           names one: equal numbers may be the same ones
    -- rates: kept_rate = kept / compared  made again of round numbers, for outside the bank, with
                                           the interval beside it (rate_low, rate_high); `/ ...`
                                           where what it is by is no column of the table
    -- per: week                           built by day, week or month, each part kept as it is
    -- per: week of core.level_weeks       the same, with a part for each week of that table
    -- reach: core.touches -30             a part sees 30 days more of a table, before its own; a
                                           parameter may say how many, `-all` are all before
    -- moves: event_id                     a key that may be delivered again under another day
    -- consent: customer_token             rows of persons who did not consent are left out
    -- measure: path_credits               a function of pipeline.measures that is given the rows of
                                           the query and gives those of the table, columns as they
                                           are
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from pipeline.errors import ModelError
from pipeline.funnels import Definition, read_definitions
from pipeline.measures import MEASURES
from pipeline.warehouse import funnel_sql, header, seeing
from pipeline.warehouse.spans import PERIODS
from pipeline.warehouse.uniqueness import is_unique

MADE = ("staging", "core", "published")
"""The layers that models make, in their order."""

LAYERS = ("lake", "settings", *MADE)
"""Those and what models are made of."""

_DIALECT = "duckdb"
CONSENTED = "staging.consented_customers"
FUNNEL_PERSONS = "core.funnel_persons"
_CODE = (".py", ".toml", ".txt")


@dataclass(frozen=True)
class Model:
    """A SQL model: one table of the warehouse.

    seeing: its query as a part of a core or published model runs it.
    """

    schema: str
    table: str
    sql: str
    purpose: str
    grain: tuple[str, ...]
    persons: dict[str, tuple[str, ...]]
    nested: tuple[str, ...]
    columns: dict[str, str]
    reads: frozenset[str]
    per: str | None = None
    frame: str | None = None
    reach: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    moves: str | None = None
    consent: str | None = None
    measure: str | None = None
    beside: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    rates: tuple[tuple[str, str, str], ...] = ()
    is_unique_by_itself: bool = False
    seeing: str = ""

    @property
    def name(self) -> str:
        """Schema and table, such as `core.posts`."""
        return f"{self.schema}.{self.table}"

    @property
    def places(self) -> tuple[str, ...]:
        """The columns that say where in a table of counts of persons a cell is."""
        return tuple(dict.fromkeys((*self.nested, *self.beside, *self.crossed)))

    @property
    def definition(self) -> str:
        """Stand for the query and the header, and for the engine and the code that read them."""
        making = code(*(("review",) if self.measure else ()))
        return hashlib.sha256(f"{making} {self.sql}".encode()).hexdigest()[:16]

    @property
    def dataset(self) -> str:
        """The dataset of the lake that a model built by day or month reads."""
        (name,) = (read for read in self.reads if read.startswith("lake."))
        return name.removeprefix("lake.")

    def consented(self, rows: str) -> str:
        """Give the query that lets through, of some rows, those of persons who consented.

        Rows of nobody in particular pass. Default deny: a person nobody asked stays out.
        """
        if self.consent is None:
            return rows
        return (
            f"select * from (\n{rows}\n) where {self.consent} is null"
            f" or {self.consent} in (select customer_token from {CONSENTED})"
        )


@dataclass(frozen=True)
class Check:
    """A SQL check: any row it returns is a fault."""

    name: str
    rule: str
    sql: str


@cache
def code(*more: str) -> str:
    """Stand for what makes and protects tables: another version may make other ones.

    more: further packages it is made by, such as the reviewer, whose words measures read.
    """
    package = Path(__file__).parents[1]
    digest = hashlib.sha256(duckdb.__version__.encode())
    for folder in ("measures", "warehouse", "privacy", *more):
        for file in sorted((package / folder).rglob("*")):
            if file.suffix in _CODE:
                digest.update(file.read_bytes())
    return digest.hexdigest()


def sql_folder() -> Path:
    """Give the folder of the models: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "sql"
    return installed if installed.is_dir() else package.parent / "sql"


def query_files() -> list[Path]:
    """Give the files of all models and checks, in order."""
    return sorted(sql_folder().glob("*/*.sql"))


def read_models(
    folder: Path | None = None, definitions: Sequence[Definition] | None = None
) -> list[Model]:
    """Read every model, and write the one that counts funnels where another reads it.

    definitions: the funnels, those that ship unless told. Ordered by layer and name; ModelError
    names the file that cannot be read.
    """
    root = folder or sql_folder()
    models = [
        read_model(file)
        for layer in ("staging", "core", "published")
        for file in sorted((root / layer).glob("*.sql"))
    ]
    if any(FUNNEL_PERSONS in model.reads for model in models):
        models.append(funnel_persons(read_definitions() if definitions is None else definitions))
    return sorted(models, key=lambda model: (LAYERS.index(model.schema), model.table))


def funnel_persons(definitions: Sequence[Definition]) -> Model:
    """Give the model that counts some funnels."""
    return _model(funnel_sql.persons(definitions), Path(*FUNNEL_PERSONS.split(".")))


def read_checks(folder: Path | None = None) -> list[Check]:
    """Read every check, ordered by name."""
    root = folder or sql_folder()
    return [
        Check(file.stem, header.words(header.read(text)), text)
        for file in sorted((root / "checks").glob("*.sql"))
        for text in [file.read_text(encoding="utf-8")]
    ]


def read_model(file: Path) -> Model:
    """Read one model from `<schema>/<table>.sql`."""
    return _model(file.read_text(encoding="utf-8"), file)


@cache
def _model(text: str, file: Path) -> Model:
    """Read a model's text; the file says its schema and its table."""
    lines = header.read(text)
    try:
        tree = sqlglot.parse_one(text, dialect=_DIALECT)
    except sqlglot.ParseError as error:
        raise ModelError(f"{file}: not one readable select: {error}") from None
    if not isinstance(tree, exp.Select):
        raise ModelError(f"{file}: holds a {tree.key}; expected one select")
    consent = lines.get("consent")
    per, _, frame = lines.get("per", "").partition(" of ")
    return _sound(
        Model(
            schema=file.parent.name,
            table=file.stem,
            sql=text,
            purpose=header.words(lines),
            grain=header.names(header.required(lines, "grain", file)),
            persons=header.persons(lines.get("persons", "")),
            nested=header.names(lines.get("nested", "")),
            columns={
                column.alias_or_name: " ".join(column.comments or []).strip()
                for column in tree.selects
            },
            reads=_reads(tree, file) | ({CONSENTED} if consent else set()),
            per=per or None,
            frame=frame or None,
            reach=header.reach(lines.get("reach", ""), file),
            moves=lines.get("moves"),
            consent=consent,
            beside=header.names(lines.get("beside", "")),
            crossed=header.names(lines.get("crossed", "")),
            alike=header.names(lines.get("alike", "")),
            rates=header.rates(lines.get("rates", "")),
            measure=lines.get("measure"),
            is_unique_by_itself="measure" not in lines
            and is_unique(tree, header.names(lines["grain"])),
            seeing=seeing.query(text, tree) if per else "",
        ),
        tree,
        file,
    )


def _sound(model: Model, tree: exp.Select, file: Path) -> Model:
    """Refuse a header that promises what the query cannot keep."""
    if strange := sorted(model.reach.keys() - model.reads):
        raise ModelError(f"{file}: reaches into {', '.join(strange)}, which it does not read")
    if model.measure and model.measure not in MEASURES:
        known = ", ".join(sorted(MEASURES))
        raise ModelError(f"{file}: measure {model.measure} is unknown; expected {known}")
    if model.per is None:
        return model
    if model.frame and model.frame not in model.reads:
        raise ModelError(f"{file}: has a part for each {model.per} of {model.frame}, not read here")
    if model.per not in PERIODS:
        raise ModelError(f"{file}: is built per {model.per}; expected {', '.join(PERIODS)}")
    if model.schema == "staging":
        return _within_the_lake(model, tree, file)
    if "settings.run" in model.reads:
        raise ModelError(f"{file}: is built per {model.per}, so the day of a run is nothing to it")
    return model


def _within_the_lake(model: Model, tree: exp.Select, file: Path) -> Model:
    """Refuse a model that would need rows of other parts of the lake."""
    others = {name for name in model.reads if not name.startswith("lake.")}
    if len(model.reads - others) != 1 or others - {CONSENTED, "settings.run"}:
        raise ModelError(f"{file}: is built per {model.per}, so it reads one dataset and no model")
    for window in tree.find_all(exp.Window, exp.Group):
        named = {column.name for column in window.args.get("partition_by") or []}
        if named != set(model.grain):
            raise ModelError(
                f"{file}: is built per {model.per}, so a row may look at no rows but those of its"
                " grain, which are never apart; leave out the line, or window by the grain"
            )
    return model


def _reads(tree: exp.Expression, file: Path) -> frozenset[str]:
    named_here = {cte.alias for cte in tree.find_all(exp.CTE)}
    reads = set()
    for table in tree.find_all(exp.Table):
        if table.db:
            reads.add(f"{table.db}.{table.name}")
        elif table.name and table.name not in named_here:
            raise ModelError(f'{file}: reads "{table.name}"; expected a schema before the name')
    return frozenset(reads)
