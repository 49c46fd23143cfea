"""The review log: `funnel review --log` enters what the rules decide, `funnel decide` a person."""

import getpass
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.options import Config, Home, reporter_of, settings_of
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.review import Reviewed, Submission
    from pipeline.settings import Settings

app = typer.Typer(rich_markup_mode=None)

Stage = Literal["pre", "live", "post"]
Decision = Literal["pass", "reject", "revise"]
Author = Literal["human", "ai"]

Log = Annotated[
    bool, typer.Option("--log", help="记入审稿日志 <home>/reviews/ · enter it in the log")
]
Account = Annotated[str | None, typer.Option(help="日志：哪个账号要发 · whose text it is")]
Content = Annotated[
    str | None, typer.Option(help="日志：单篇稿件的编号，改稿后不变 · an id that stays")
]
StageName = Annotated[
    Stage, typer.Option(help="日志：发布前、在线、发布后抽查 · before, live, after")
]
AuthorName = Annotated[Author, typer.Option(help="日志：人写或 AI 生成 · who wrote it")]
By = Annotated[str | None, typer.Option(help="日志：谁在审，默认当前用户 · who reviews")]

_WORDS = {"pass": "通过", "reject": "驳回", "revise": "退回修改"}


@app.command(epilog="例 · funnel decide D-0117 pass --account hq-brand --by 李审")
def decide(
    content: Annotated[str, typer.Argument(help="日志里的稿件编号 · a content of the log")],
    decision: Annotated[
        Decision, typer.Argument(help="pass 通过、reject 驳回、revise 退回修改 · what it comes to")
    ],
    account: Account = None,
    stage: StageName = "pre",
    by: By = None,
    reason: Annotated[str, typer.Option(help="理由，留在日志里 · why, kept in the log")] = "",
    home: Home = None,
    config: Config = None,
) -> None:
    """定审：对送审过的稿件记下人的决定，只增不改 · a person's decision on a text of the log."""
    from pipeline.review import append, decided

    settings = settings_of(home, config)
    whose = submission(account, by, stage, "human")
    entry = decided(settings.reviews, whose, content, decision, reason)
    append(settings.reviews, [entry])
    reporter_of().line(f"{content}（{entry.account_id}）：{_WORDS[decision]}，记入审稿日志")


def submission(account: str | None, by: str | None, stage: Stage, author: Author) -> "Submission":
    """Say whose text is reviewed by whom, now. InputError without an account."""
    from pipeline.periods import now
    from pipeline.review import Submission

    if not account:
        raise InputError(
            "缺 --account：审稿日志要记是哪个账号的稿件，如 hq-brand · whose text is it?"
        )
    return Submission(account, now(), by or getpass.getuser(), stage, author)


def enter(
    settings: "Settings", whose: "Submission", found: "Sequence[Reviewed]", content: str | None
) -> None:
    """Enter what the rules decided of texts; a single text is known by `content` if it is given.

    InputError where that names several texts.
    """
    from pipeline.review import append

    if content and len(found) > 1:
        raise InputError(
            f"--content {content}：文件里有 {len(found)} 篇；请去掉它，在表里写 post_id 一列"
            " · --content names a single text"
        )
    added = [whose.entry(post) for post in found]
    append(settings.reviews, [replace(e, content_id=content or e.content_id) for e in added])
