"""Commands of the identity vault, which is there only where the bank turned it on."""

from typing import Annotated

import typer

from pipeline.commands.options import Config, Home, reporter_of, settings_of
from pipeline.errors import InputError

app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="身份库：令牌找回客户号 · identity vault"
)


@app.callback()
def _group() -> None:
    """身份库：令牌找回客户号 · identity vault."""


@app.command("open", epilog="例 · funnel vault open --token 0123abcd-… --purpose post_loan_care")
def open_(
    token: Annotated[str, typer.Option(help="令牌，见 customer_token 列 · a token")],
    purpose: Annotated[str, typer.Option(help="用途，记入审计 · what for, kept in the trail")],
    home: Home = None,
    config: Config = None,
) -> None:
    """由令牌找回客户号，留审计 · give the customer id of a token; leaves a line in the trail."""
    from pipeline.ingest import erasure
    from pipeline.ingest.vault import Vault
    from pipeline.privacy import trail
    from pipeline.privacy.tokens import Tokens

    settings = settings_of(home, config)
    (person,) = erasure.tokens_of([token])
    vault = Vault(settings)
    try:
        trail.record(settings, "vault-open", purpose=purpose, tables=["vault"], rows=1)
    except ValueError:
        raise InputError(
            "--purpose：应为用途的代号（所给内容不再显示）· expected the name of a purpose"
        ) from None
    reporter_of().line(vault.identity(person, Tokens(*settings.token_secrets)))
