"""An HTML table that is named .xls, as the 公众号 back office downloads follower numbers."""

from collections.abc import Sequence
from html import escape
from pathlib import Path


def write_html_table(path: Path, title: str, rows: Sequence[Sequence[str]]) -> None:
    """Write a title row over all columns, then the rows (the first is the header), UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width = max(len(row) for row in rows)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    text = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/></head>\n'
        f'<body><table border="1">\n<tr><td colspan="{width}">{escape(title)}</td></tr>\n'
        f"{body}\n</table></body></html>\n"
    )
    path.write_bytes(text.encode("utf-8"))
