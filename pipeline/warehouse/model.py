"""One SQL file, read: what a row is, what makes it unique, what it reads, what its columns mean.

A model is a plain `select` that can be pasted into a DuckDB shell. Its folder is the schema, its
file name the table. The comment at its top is its description; these lines of it are read
(a long one may be given as several):

    -- grain: week_starts, account_id      what makes a row unique; `one row` for a single row
    -- persons: mau (aum_yuan), reached    columns that count persons (what is withheld with each)
    -- nested: tier, unit_id, account_id   the columns of a level path: parts fill one more of them
    -- crossed: from_state, to_state       instead: each may be empty, which is the sum over it
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
import re
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
from pipeline.settings import Parameters
from pipeline.warehouse import funnel_sql
from pipeline.warehouse.spans import PERIODS
from pipeline.warehouse.uniqueness import is_unique

LAYERS = ("lake", "settings", "staging", "core", "published")
_DIALECT = "duckdb"
CONSENTED = "staging.consented_customers"
FUNNEL_PERSONS = "core.funnel_persons"
_HEADER = (
    *("grain", "persons", "nested", "crossed"),
    *("per", "reach", "moves", "consent", "measure"),
)
_REACH = re.compile(r"(\w+\.\w+) ([+-])(\w+)")
_DAYS = frozenset(name for name in Parameters.model_fields if name.endswith("_days"))
_ALL = ("-", "all")
_CODE = (".py", ".toml", ".txt")


@dataclass(frozen=True)
class Model:
    """A SQL model: one table of the warehouse."""

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
    crossed: tuple[str, ...] = ()
    is_unique_by_itself: bool = False

    @property
    def name(self) -> str:
        """Schema and table, such as `core.posts`."""
        return f"{self.schema}.{self.table}"

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
        Check(file.stem, _words(_header(text)), text)
        for file in sorted((root / "checks").glob("*.sql"))
        for text in [file.read_text(encoding="utf-8")]
    ]


def read_model(file: Path) -> Model:
    """Read one model from `<schema>/<table>.sql`."""
    return _model(file.read_text(encoding="utf-8"), file)


@cache
def _model(text: str, file: Path) -> Model:
    """Read a model's text; the file says its schema and its table."""
    header = _header(text)
    try:
        tree = sqlglot.parse_one(text, dialect=_DIALECT)
    except sqlglot.ParseError as error:
        raise ModelError(f"{file}: not one readable select: {error}") from None
    if not isinstance(tree, exp.Select):
        raise ModelError(f"{file}: holds a {tree.key}; expected one select")
    consent = header.get("consent")
    per, _, frame = header.get("per", "").partition(" of ")
    return _sound(
        Model(
            schema=file.parent.name,
            table=file.stem,
            sql=text,
            purpose=_words(header),
            grain=_names(_line(header, "grain", file)),
            persons=_persons(header.get("persons", "")),
            nested=_names(header.get("nested", "")),
            columns={
                column.alias_or_name: " ".join(column.comments or []).strip()
                for column in tree.selects
            },
            reads=_reads(tree, file) | ({CONSENTED} if consent else set()),
            per=per or None,
            frame=frame or None,
            reach=_reach(header.get("reach", ""), file),
            moves=header.get("moves"),
            consent=consent,
            crossed=_names(header.get("crossed", "")),
            measure=header.get("measure"),
            is_unique_by_itself="measure" not in header
            and is_unique(tree, _names(header["grain"])),
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


def _reach(line: str, file: Path) -> dict[str, tuple[str, str]]:
    """Read how many days each table is seen before a part's own and after them."""
    found: dict[str, tuple[str, str]] = {}
    for entry in filter(None, line.split(", ")):
        match = _REACH.fullmatch(entry)
        if not match or not (
            match[3] in _DAYS or match[3].isdecimal() or match.groups()[1:] == _ALL
        ):
            raise ModelError(
                f"{file}: reaches `{entry}`; expected a table, then - or + and a number of days"
                " or a parameter, or -all"
            )
        name, sign, days = match.groups()
        back, ahead = found.get(name, ("0", "0"))
        found[name] = (days, ahead) if sign == "-" else (back, days)
    return found


def _header(text: str) -> dict[str, str]:
    header: dict[str, str] = {"": ""}
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        key, found, value = line.removeprefix("--").strip().partition(": ")
        if found and key in _HEADER:
            header[key] = ", ".join(filter(None, [header.get(key), value]))
        else:
            header[""] += line.removeprefix("--") + "\n"
    return header


def _words(header: dict[str, str]) -> str:
    return " ".join(header[""].split())


def _line(header: dict[str, str], key: str, file: Path) -> str:
    if key not in header:
        raise ModelError(f"{file}: the comment at its top has no line `-- {key}: …`")
    return header[key]


def _names(line: str) -> tuple[str, ...]:
    return () if line == "one row" else tuple(re.findall(r"\w+", line))


def _persons(line: str) -> dict[str, tuple[str, ...]]:
    return {
        match[1]: _names(match[2] or "") for match in re.finditer(r"(\w+)(?:\s*\(([^)]*)\))?", line)
    }


def _reads(tree: exp.Expression, file: Path) -> frozenset[str]:
    named_here = {cte.alias for cte in tree.find_all(exp.CTE)}
    reads = set()
    for table in tree.find_all(exp.Table):
        if table.db:
            reads.add(f"{table.db}.{table.name}")
        elif table.name and table.name not in named_here:
            raise ModelError(f'{file}: reads "{table.name}"; expected a schema before the name')
    return frozenset(reads)
