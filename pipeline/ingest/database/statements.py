"""What is asked of the database about one declared query."""

from pipeline.ingest.database.state import State
from pipeline.ingest.database.watermark import Kind, text
from pipeline.settings import DatabaseSource

NOW = "select transaction_timestamp() as now"


def columns(asked: DatabaseSource) -> str:
    """Ask for the columns of the query, without a row."""
    return f"select * from {_query(asked)} limit 0"


def gaps(asked: DatabaseSource, kind: Kind) -> str:
    """Count the rows without a watermark (`gaps`), and with one that is to come (`later`)."""
    column = _column(asked)
    later = f"{column} > {kind.latest}" if kind.latest else "false"
    return (
        f"select count(*) filter (where {column} is null) as gaps,"
        f" count(*) filter (where {later}) as later"
        f" from {_query(asked)} where {column} is null or {later}"
    )


def unread(asked: DatabaseSource, kind: Kind, state: State | None) -> str:
    """Ask for the rows that are not read yet, and for those that may have been committed late.

    Watermarks are written as literals: a statement with parameters is not sent by COPY.
    """
    column = _column(asked)
    rules = [f"{column} <= {kind.latest}"] if kind.latest else []
    if state is not None:
        rules.append(f"{column} >= '{text(kind.before(state.upto, asked.lookback))}'")
    where = f" where {' and '.join(rules)}" if rules else ""
    return f"select * from {_query(asked)}{where} order by {column}"


def _query(asked: DatabaseSource) -> str:
    return f"(\n{asked.query.strip().rstrip(';')}\n) as q"


def _column(asked: DatabaseSource) -> str:
    return 'q."' + asked.watermark.replace('"', '""') + '"'
