"""The register of the bank's accounts: which account is whose, from when to when."""

from pipeline.ingest.source import BANK, Column, Source
from pipeline.ingest.units import local_date, one_of, text

PLATFORMS = (
    "xiaohongshu",
    "wechat_official",
    "wechat_channels",
    "douyin",
    "weibo",
    "kuaishou",
    "bilibili",
    "zhihu",
    "toutiao",
    "baijiahao",
    "wecom",
    "mini_program",
    "alipay",
    "bank_app",
    "branch_queue",
)
TIERS = ("head_office", "line", "branch")

_DAY = local_date("%Y-%m-%d", "%Y%m%d")

ACCOUNTS = Source(
    name="bank_accounts",
    title="register of accounts",
    platform=BANK,
    one_row_is="one account while it belongs to one tier and unit",
    key=("account_id", "valid_from"),
    columns=(
        Column("account_id", "account_id", text, example="hq-brand"),
        Column("account_name", "account_name", text, example="总行品牌号"),
        Column("platform", "platform", one_of(*PLATFORMS), example="xiaohongshu"),
        Column("tier", "tier", one_of(*TIERS), example="head_office"),
        Column("unit_id", "unit_id", text, example="U100"),
        Column("unit_name", "unit_name", text, example="品牌部"),
        Column(
            "parent_unit_id",
            "parent_unit_id",
            text,
            optional=True,
            nullable=True,
            note="the unit above; blank at the top",
        ),
        Column(
            "valid_from",
            "valid_from",
            _DAY,
            note="first day of this tier and unit",
            example="2025-01-01",
        ),
        Column(
            "valid_to",
            "valid_to",
            _DAY,
            optional=True,
            nullable=True,
            note="last day of this tier and unit; blank while it lasts",
        ),
        Column(
            "files",
            "files",
            text,
            optional=True,
            nullable=True,
            note="patterns of the account's files, relative to the inbox, separated by `;`; "
            "without one, the first folder below the inbox is the account",
            example="hq-brand/**;shared/品牌*.xlsx",
        ),
    ),
    partition_by=("exported_at", "month"),
    missing=("", "\\N"),
)
