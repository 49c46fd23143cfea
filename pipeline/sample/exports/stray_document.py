"""A weekly report in a .docx that an operator left among the exports: no known export."""

from datetime import date
from pathlib import Path

from pipeline.sample.accounts import Account
from pipeline.sample.exports.moments import folder
from pipeline.sample.writers.archive import write_archive

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "本周运营情况：阅读平稳，下周计划发布两篇。"


def write_document(inbox: Path, account: Account, day: date) -> None:
    """Write the document into the day's folder."""
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body>'
    path = folder(inbox, account, day) / "运营周报.docx"
    write_archive(path, {"word/document.xml": f"{body}</w:document>"})
