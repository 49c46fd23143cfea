"""The bank's funnel by platform, of all tiers and within each, for the page's filter."""

from dataclasses import dataclass
from typing import ClassVar

from pipeline.report.facts.rows import Stage, Step


@dataclass(frozen=True)
class PlatformStage(Stage):
    """One stage of a platform's funnel in one week; `part` is the tier, None for all of them."""

    table: ClassVar[str] = "platform_funnel"
    absent: ClassVar[tuple[str, ...]] = ("account_id", "account_name", "bridge")


@dataclass(frozen=True)
class PlatformStep(Step):
    """One stage of a platform against the week before and against the stage before."""

    table: ClassVar[str] = "platform_steps"
    absent: ClassVar[tuple[str, ...]] = ("account_id", "account_name")
