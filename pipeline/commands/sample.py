"""`funnel sample`: the files of a fictional bank."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import reporter_of

app = typer.Typer(rich_markup_mode=None)


@app.command(
    epilog="例 · funnel sample --accounts 65 --weeks 52 --customers 200000 --into /tmp/big"
)
def sample(
    into: Annotated[Path, typer.Option(help="写到哪里 · target folder")] = Path("data/sample"),
    accounts: Annotated[int, typer.Option(min=1, help="账号数 · accounts")] = 24,
    weeks: Annotated[int, typer.Option(min=2, help="周数 · weeks")] = 13,
    customers: Annotated[int, typer.Option(min=1, help="客户数 · customers")] = 6000,
    seed: Annotated[int, typer.Option(help="随机种子 · seed")] = 20261116,
    end: Annotated[
        dt.datetime,
        typer.Option(formats=["%Y-%m-%d"], help="最后一次导出的周一 · the last Monday's export"),
    ] = dt.datetime(2026, 11, 16),
) -> None:
    """样例：按各平台的真实格式生成一家虚构银行的文件 · write a fictional bank's deliveries."""
    from pipeline.sample import write

    made = write(
        into, accounts=accounts, weeks=weeks, customers=customers, seed=seed, end=end.date()
    )
    reporter_of().line(f"样例 {made.files:,} 个文件，{made.bytes / 1e6:,.1f} MB：{into}")
