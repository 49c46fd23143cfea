"""How sensitive every table's columns are and what they may be read for, by where they come from.

Only the columns of the lake are declared (pipeline/privacy/catalogue.toml). A column that is made
of others has the highest of their levels and the purposes they share. It says something of what a
row is, too, whatever it is made of, so the columns of the grain count with it: a flag in a table of
persons tells of a person. Published tables tell of nobody: they count persons, and small cells are
withheld.
"""

from functools import cached_property

from pipeline.privacy.catalogue import OPEN, Catalogue, Kind, derived
from pipeline.settings import Settings
from pipeline.warehouse import funnel_tables, lake
from pipeline.warehouse.lineage import Lineage
from pipeline.warehouse.model import Model, read_models

_OPEN = ("settings", "published")


class Kinds:
    """The kinds of columns, followed when they are asked for."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        """Read the models and the lake's columns."""
        definitions = funnel_tables.definitions(settings)
        self._models = {model.name: model for model in read_models(definitions=definitions)}
        self._lineage = Lineage(settings, lake.columns(lake.datasets(settings)))
        self._catalogue = catalogue
        self._found: dict[str, Kind] = {}

    @cached_property
    def tables(self) -> dict[str, list[str]]:
        """The columns of every table that can be asked for, by its name."""
        known = self._lineage.tables.items()
        return {name: columns for name, columns in known if not name.startswith("lake.")}

    def grain(self, table: str) -> list[str]:
        """Name the columns that say what a row of a table is."""
        model = self._models.get(table)
        return [f"{table}.{name}" for name in model.grain] if model else []

    def covered(self, table: str, purpose: str) -> list[str]:
        """Name the columns of a table that a purpose covers, in their order."""
        names = self.tables[table]
        return [name for name in names if self.of(f"{table}.{name}").covers(purpose)]

    def of(self, column: str) -> Kind:
        """Give the kind of a column, named `core.touches.customer_token`."""
        if column not in self._found:
            self._found[column] = OPEN  # what takes itself adds nothing to itself
            self._found[column] = self._of(column)
        return self._found[column]

    def _of(self, column: str) -> Kind:
        table, _, name = column.rpartition(".")
        schema, _, dataset = table.partition(".")
        if schema in _OPEN:
            return OPEN
        if schema == "lake":
            return self._catalogue.kind(dataset, name) or Kind("C2", 5, frozenset())
        return derived(self.of(read) for read in self._reads(self._models[table], column))

    def _reads(self, model: Model, column: str) -> set[str]:
        """Give what a column and the grain of its table are made of.

        A measure makes each of its columns of all that it is given.
        """
        made_of = list(model.columns) if model.measure else model.grain
        columns = [column, *(f"{model.name}.{name}" for name in made_of)]
        return {read for each in columns for read in self._lineage.origin(each).reads}
