"""What may leave the bank: the published tables again, with larger cells and round numbers.

Rates and changes are computed of the rounded numbers, so that they do not tell the exact ones.
Source of both thresholds: docs/METRICS.md rule 11, docs/PRIVACY.md.
"""

from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.settings import Settings
from pipeline.warehouse.build import build, draft
from pipeline.warehouse.engine import Built

SMALL_CELL, ROUNDED_TO = 50, 5
_READ = ("lake", "funnels", "review")
"""What a build reads of its home."""


def for_outside(settings: Settings) -> Settings:
    """Give settings whose published database and reports are those for outside the bank."""
    parameters = settings.parameters.model_copy(
        update={
            "small_cell": max(SMALL_CELL, settings.parameters.small_cell),
            "rounded_to": max(ROUNDED_TO, settings.parameters.rounded_to),
        }
    )
    places = {"home": settings.home / "outside", "reports": settings.reports / "outside"}
    return settings.model_copy(update={**places, "parameters": parameters})


def build_for_outside(
    settings: Settings, done: Callable[[Built, int], None] = lambda built, of: None
) -> Path:
    """Build everything in a folder that is gone afterwards, and keep the published database alone.

    No table of persons is left of it. Gives the file; raises as `build` does, and
    ConfigurationError for the engine Spark.
    """
    if settings.engine == "spark":
        raise ConfigurationError(
            "对外的库只在 DuckDB 上建 · the database for outside is built on DuckDB; leave out"
            " --engine spark"
        )
    outside = for_outside(settings)
    with draft(drafts(settings)) as folder:
        for name in _READ:
            if (settings.home / name).exists():
                (folder / name).symlink_to((settings.home / name).absolute())
        made = outside.model_copy(update={"home": folder})
        build(made, done)
        outside.home.mkdir(mode=0o700, exist_ok=True)
        return made.published_database.replace(outside.published_database)


def drafts(settings: Settings) -> Path:
    """Give the folder it is built in; what a killed run left there holds tokens."""
    return settings.home / ".outside"
