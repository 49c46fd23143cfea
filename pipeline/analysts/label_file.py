"""Posts whose theme the classifier is not sure of, as a workbook for people to fill in."""

import datetime as dt
from pathlib import Path
from typing import Any

from pipeline.databases import opened
from pipeline.errors import InputError
from pipeline.files import private_folder
from pipeline.review.names import FORM_NAMES, THEME_NAMES

_HEADS = (
    *("作品编号", "账号", "发布日", "标题", "判定主题", "判定形式", "置信度"),
    *("主题", "形式"),
)
_WIDTHS = (34, 16, 12, 48, 12, 12, 8, 14, 14)
_UNSURE = """
    select post_id, account_name, cast(published_on as varchar), title, theme, selling_form,
        theme_confidence
    from published.content_posts
    where theme_source = 'rule' and theme_confidence < $below
    order by theme_confidence, published_on desc, post_id
    limit $most
"""


def write_label_file(database: Path, to: Path, day: dt.date, below: float, most: int) -> int:
    """Write the posts that nobody labelled and whose confidence is under `below`, surest last.

    day: what the workbook says it was made on. Gives how many there are; where there is none,
    nothing is written. Raises InputError where there is no database or the file cannot be made.
    """
    import xlsxwriter

    with opened(database) as connection:
        given = {"below": below, "most": most}
        rows = connection.execute(_UNSURE, given).fetchall()
    if not rows:
        return 0
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    try:
        private_folder(to.parent)
        with xlsxwriter.Workbook(str(to), options) as book:
            book.set_properties({"created": dt.datetime.combine(day, dt.time())})
            _fill(book, rows)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise InputError(f"{to}：写不了（cannot be written）：{error}") from None
    return len(rows)


def _fill(book: Any, rows: list[tuple[Any, ...]]) -> None:
    sheet = book.add_worksheet("待标注")
    bold = book.add_format({"bold": True, "bg_color": "#EDEFF2"})
    for at, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, head, bold)
    for line, (*known, theme, form, confidence) in enumerate(rows, 1):
        for at, value in enumerate(known):
            sheet.write_string(line, at, value or "")
        sheet.write_string(line, 4, THEME_NAMES[theme])
        sheet.write_string(line, 5, FORM_NAMES[form])
        sheet.write_number(line, 6, confidence)
    for at, names in ((7, THEME_NAMES), (8, FORM_NAMES)):
        choices = {"validate": "list", "source": list(names.values())}
        sheet.data_validation(1, at, len(rows), at, choices)
    sheet.freeze_panes(1, 0)
