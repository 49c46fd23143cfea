"""Commands about the keys that tokens are made with; no key is ever shown."""

import typer

from pipeline.commands.options import (
    AsJson,
    AsOf,
    Config,
    EngineName,
    Home,
    finish,
    print_json,
    reporter_of,
    settings_of,
)

app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="令牌密钥：查看编号、轮换 · token keys"
)


@app.command("list", epilog="例 · funnel keys list")
def show(home: Home = None, config: Config = None, as_json: AsJson = False) -> None:
    """列出密钥编号与湖中令牌所用的编号 · ids of the keys in use and of the lake's tokens."""
    from pipeline.ingest import rotation

    held = rotation.standing(settings_of(home, config))
    if as_json:
        print_json(held)
        return
    reporter = reporter_of()
    reporter.line(f"设置中的密钥链 {' → '.join(held['settings'])}")
    reporter.line(f"湖中令牌 {', '.join(held['lake']) or '还没有'}")


@app.command(epilog="例 · funnel keys rotate --home data")
def rotate(
    home: Home = None,
    config: Config = None,
    as_of: AsOf = None,
    engine: EngineName = None,
    as_json: AsJson = False,
) -> None:
    """轮换：把湖、库、隔离区中的令牌换到新密钥，数字不变 · bring all tokens to a new key."""
    from pipeline import nightly as steps
    from pipeline import runs
    from pipeline.ingest import rotation

    settings = settings_of(home, config, as_of, engine=engine)
    with runs.exclusive(settings), runs.recorded(settings, "keys-rotate") as record:
        rotation.place(settings)
        steps.build(settings, record, reporter_of(quiet=as_json))
    finish(record, as_json)
