"""The rows of a model that SQL alone does not make."""

import pyarrow as pa

from pipeline.errors import ModelError
from pipeline.measures import MEASURES
from pipeline.warehouse.model import Model


def measured(model: Model, rows: pa.Table) -> pa.Table:
    """Give what a model's measure makes of the rows of its query; without one, the rows.

    Raises ModelError where the measure refuses them.
    """
    if model.measure is None:
        return rows
    try:
        return MEASURES[model.measure](rows)
    except ValueError as error:
        file = f"sql/{model.schema}/{model.table}.sql"
        raise ModelError(f"{file}: measure {model.measure}: {error}") from None
