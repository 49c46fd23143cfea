"""The review log: who held which text to which rules, when, and what was decided.

Lines of JSON in a file a month, only ever added to: what was decided is part of what a bank has to
keep of its marketing. A text stands in it as a hash.
"""

import datetime as dt
import hashlib
import json
import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from pipeline.errors import InputError
from pipeline.files import private, private_folder
from pipeline.review.audit import Reviewed

Stage = Literal["pre", "live", "post"]
Decision = Literal["pass", "reject", "revise"]
Author = Literal["human", "ai"]

_HASH_DIGITS = 32


@dataclass(frozen=True)
class Entry:
    """One decision on one text.

    reviewed_at: ISO 8601 with its zone; content_id: what stays when the text is written again, the
    text's own hash where nobody named it;
    rule_ids: of the findings, parted by `;`; reviewer: rule or human; reviewed_by: who ran or
    decided it, which stays in the log.
    """

    reviewed_at: str
    reviewed_by: str
    account_id: str
    content_id: str
    text_hash: str
    author: Author
    stage: Stage
    reviewer: Literal["rule", "human"]
    decision: Decision
    rule_ids: str
    rule_set_version: str
    reason: str = ""


@dataclass(frozen=True)
class Submission:
    """Whose text it is, and who has it reviewed when."""

    account_id: str
    at: dt.datetime
    by: str
    stage: Stage = "pre"
    author: Author = "human"

    def entry(self, post: Reviewed) -> Entry:
        """Enter what the rules decide: a violation is rejected, any other finding goes back."""
        known_as = text_hash(post.draft.text)
        return Entry(
            reviewed_at=_moment(self.at),
            reviewed_by=self.by,
            account_id=self.account_id,
            content_id=post.draft.id if post.draft.is_named else known_as,
            text_hash=known_as,
            author=self.author,
            stage=self.stage,
            reviewer="rule",
            decision=decision(post),
            rule_ids=";".join(sorted({finding.rule_id for finding in post.findings})),
            rule_set_version=post.rule_set_version,
        )


def decision(post: Reviewed) -> Decision:
    """Give what the rules alone decide of a text."""
    if post.is_clean:
        return "pass"
    violates = any(finding.verdict == "violation" for finding in post.findings)
    return "reject" if violates else "revise"


def decided(
    folder: Path, submission: Submission, content_id: str, verdict: Decision, reason: str
) -> Entry:
    """Give a person's decision on the latest text that the log has of a content.

    InputError where it has none.
    """
    known = [
        entry
        for entry in entries(folder)
        if (entry.account_id, entry.content_id) == (submission.account_id, content_id)
    ]
    if not known:
        raise InputError(
            f"{folder}：账号 {submission.account_id} 没有送审过 {content_id}；请先运行"
            f" funnel review 稿件 --log --account {submission.account_id} · not in the review log"
        )
    last = max(known, key=lambda entry: dt.datetime.fromisoformat(entry.reviewed_at))
    return replace(
        last,
        reviewed_at=_moment(submission.at),
        reviewed_by=submission.by,
        stage=submission.stage,
        reviewer="human",
        decision=verdict,
        reason=reason,
    )


def append(folder: Path, added: Iterable[Entry]) -> None:
    """Add entries to the file of their month, all of a month in one write, on the disk."""
    months: dict[str, list[Entry]] = {}
    for entry in added:
        months.setdefault(entry.reviewed_at[:7], []).append(entry)
    private_folder(folder)
    for month, some in months.items():
        lines = "".join(json.dumps(asdict(e), ensure_ascii=False) + "\n" for e in some)
        with open(folder / f"{month}.jsonl", "ab", buffering=0, opener=private) as file:
            file.write(lines.encode())
            os.fsync(file.fileno())


def entries(folder: Path) -> Iterator[Entry]:
    """Read the log from its beginning. InputError names a line that is none of it."""
    for file in sorted(folder.glob("*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            try:
                yield Entry(**json.loads(line))
            except (ValueError, TypeError):
                raise InputError(
                    f"{file} 第 {number} 行不是审稿记录；日志只增不改，请从备份恢复"
                    " · no entry of the log"
                ) from None


def text_hash(text: str) -> str:
    """Stand for the words of a text, however their characters are composed."""
    words = unicodedata.normalize("NFC", text.strip())
    return hashlib.sha256(words.encode()).hexdigest()[:_HASH_DIGITS]


def _moment(at: dt.datetime) -> str:
    return at.isoformat(timespec="microseconds")
