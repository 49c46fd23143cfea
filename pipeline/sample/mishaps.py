"""What goes wrong in the sample on purpose: each an account and the export it happens in.

Exports are counted back from the last one (0). README.md of the sample lists them for its readers.
"""

from datetime import date

from pipeline.sample.accounts import Account
from pipeline.sample.timeline import Timeline

RESAVED_IN_WPS = ("branch-haitang-xhs", 2)  # notes workbook: banner gone, shared strings
SECOND_DOWNLOAD = ("cards-xhs", 3)  # the browser added " (1)" to the name
ARTICLES_AS_CSV = ("hq-mp", 4)  # articles in CSV, GB18030
BAD_IMPRESSIONS = ("branch-linjiang-xhs", 6)  # 曝光 typed over by hand
BAD_PLAYS = ("branch-yunhu-video", 5)  # 播放量 is a word
UNKNOWN_FILE = ("branch-qingyu-mp", 0)  # a report in a .docx among the exports
PERIOD_TABLE = ("hq-douyin", 0)  # averages of a period, downloaded beside the list of works
OLD_ARTICLES = "branch-linjiang-mp"  # still downloads the 16-column article table
SHORT_VIDEOS = ("wealth-video", "branch-yunhu-video")  # never saw the four 企微 columns
WIDE_VIDEOS_SINCE = 6  # the others see them from this export on
PASTED = "cards-xhs"  # the title of its last post was pasted from somewhere
EVENT_WITHOUT_ZONE = "2026-11-03 09:12:44"  # one login in the last month's events

BAD_IMPRESSIONS_VALUE = "1.2k"
BAD_PLAYS_VALUE = "统计中"


def happens(mishap: tuple[str, int], account: Account, day: date, timeline: Timeline) -> bool:
    """Return whether a mishap befalls this account's export of this day."""
    return mishap == (account.account_id, (timeline.end - day).days // 7)
