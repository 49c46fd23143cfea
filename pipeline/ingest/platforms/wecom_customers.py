"""企业微信 客户列表: when, how and by which department customers were added, and nothing else."""

from pipeline.ingest.source import Column, Identity, Source
from pipeline.ingest.units import local_time, text

CUSTOMERS = Source(
    name="wecom_customers",
    title="客户列表",
    platform="wecom",
    one_row_is="one customer that one employee has added, as listed at the moment of export",
    # Nothing that names the person is kept, so nothing else tells two rows apart.
    key=("source_sheet", "source_line"),
    columns=(
        Column("added_at", "添加时间", local_time("%Y-%m-%d %H:%M:%S")),
        Column("came_from", "来源", text, nullable=True, note="as the list words it"),
        Column("department", "添加人所属部门", text, nullable=True),
        Identity(
            header=("customer_id", "客户号"),
            optional=True,
            nullable=True,
            note="only where the bank adds the column; becomes a keyed token",
        ),
    ),
    partition_by=("exported_at", "month"),
    # Names, phones, addresses, remarks, tags, and the employee: never landed, nor is a header that
    # somebody made of them.
    ignore_rest=True,
    declared_in="pipeline/ingest/platforms/wecom_customers.py",
    where="企业微信 → 客户联系 → 客户列表",
    container="xlsx or CSV, header in one of the first rows",
    quirks=(
        "names, phones, companies, mail and postal addresses, remarks, tags and the employee who "
        "added the customer are dropped while the file is read",
        "a customer of several employees stands in several rows; one who left stands in none",
        "the number of tag columns differs from list to list",
    ),
    evidence="column names from public code that mirrors the list; the official file was not seen",
)

SOURCES = (CUSTOMERS,)
