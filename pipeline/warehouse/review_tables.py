"""The rules on what a text may say, those that ship and the bank's own, shown to models."""

from pathlib import Path

import duckdb

from pipeline.review import Rule, category_names, read_rules
from pipeline.settings import Settings

_COLUMNS = {
    "rule_id": "varchar",
    "rule_version": "varchar",
    "category": "varchar",
    "category_zh": "varchar",
    "title_zh": "varchar",
    "reason_zh": "varchar",
    "suggestion_zh": "varchar",
    "whole_text": "boolean",
    "definition": "varchar",
    "own_hosts": "varchar",
}


def folder(settings: Settings) -> Path:
    """Give where a bank's own rules lie."""
    return settings.home / "review"


def stamps(settings: Settings) -> list[str]:
    """Stand for the bank's own rules, and for the links that its posts may carry."""
    files = sorted(folder(settings).glob("*.toml"))
    own = [f"{file.name} {file.read_text(encoding='utf-8')}" for file in files]
    return [*own, *settings.own_hosts]


def write(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make `settings.review_rules`, a row a rule; `definition` is all it says, as JSON.

    ConfigurationError names a file of the bank's own that cannot be read.
    """
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    connection.execute(f"create table settings.review_rules ({columns})")
    names = category_names(folder(settings))
    hosts = " ".join(settings.own_hosts)
    rows = [_row(rule, names[rule.category], hosts) for rule in read_rules(folder(settings))]
    marks = ", ".join("?" for _ in _COLUMNS)
    connection.executemany(f"insert into settings.review_rules values ({marks})", rows)


def _row(rule: Rule, category: str, hosts: str) -> tuple[object, ...]:
    return (
        *(rule.id, rule.version, rule.category, category, rule.title, rule.reason),
        *(rule.suggestion, rule.of_whole_texts, rule.model_dump_json(exclude_defaults=True)),
        hosts if rule.links else None,
    )
