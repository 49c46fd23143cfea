"""公众号 user_analysis.xls: followers by day, an HTML table named .xls, everything text."""

from pathlib import Path

from pipeline.sample.exports.moments import folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.html_table import write_html_table

TITLE = "用户增长"
HEADER = ("时间", "新关注人数", "取消关注人数", "净增关注人数", "累积关注人数")


def write_followers(inbox: Path, audience: Audience, window: Window) -> None:
    """Write the window's days, oldest first."""
    won = audience.between("followers_gained", window.first, window.last)
    lost = audience.between("followers_lost", window.first, window.last)
    stock = audience.followers[audience.day(window.first) :]
    rows = [
        (
            (window.first + number * DAY).isoformat(),
            *(str(int(v)) for v in (won[number], lost[number], won[number] - lost[number])),
            f"{int(stock[number]):,}",
        )
        for number in range(window.days)
    ]
    path = folder(inbox, audience.account, window.exported) / "user_analysis.xls"
    write_html_table(path, TITLE, [HEADER, *rows])
