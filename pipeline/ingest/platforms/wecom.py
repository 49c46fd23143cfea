"""企业微信: customers by day, as an SCRM on top of it exports them."""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import count, local_date, signed_count

CUSTOMERS_DAILY = Source(
    name="wecom_customers_daily",
    title="客户统计.xlsx",
    platform="wecom",
    one_row_is="the customers of the bank's staff in 企业微信 on one day",
    key=("day",),
    columns=(
        Column("day", "日期", local_date("%Y-%m-%d")),
        Column("customers_total", "客户总数", count, nullable=True),
        Column("customers_gained", "新增客户数", count, nullable=True),
        Column("customers_lost", "流失客户数", count, nullable=True),
        Column("customers_net", "净增客户数", signed_count, nullable=True),
        Column("applications_sent", "发送申请数", count, nullable=True),
    ),
    partition_by=("day", "month"),
    where="the SCRM's 数据统计 → 客户统计 → 导出",
    container="xlsx, header in row 1",
    quirks=(
        "the form of one common open-source SCRM; 企业微信 itself was not seen to export it",
        "a customer here is whoever was added as a contact, not yet a customer of the bank",
    ),
    evidence="the program that writes the export",
)

SOURCES = (CUSTOMERS_DAILY,)
