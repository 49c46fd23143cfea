"""The customer list of 企业微信: counts and ways, and nothing that names a person."""

from datetime import datetime

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, poi_xlsx
from tests.ingest.test_bank import token

HEADER = cells(
    "客户名称 | 描述 | 添加人 | 添加人账号 | 添加人所属部门 | 添加时间 | 来源 | 手机 | 企业 | "
    "邮箱 | 地址 | 职务 | 电话 | 标签组1(客户等级) | 标签组2(意向)"
)
PERSON = cells(
    "张三 | 老客户 | 李四 | lisi01 | 南京分行 | 2026-11-02 10:00:00 | 扫描二维码 | 13800001111 | "
    "某公司 | zs@example.com | 某路1号 | 经理 | 025-1234567 | 高净值 | 理财"
)
COLUMNS = "account_id, added_at, came_from, department, customer_token"


def test_the_list_keeps_when_how_and_by_which_department(workspace: Workspace) -> None:
    data = poi_xlsx({"客户列表": [HEADER, PERSON, PERSON]})
    report = workspace.land("wecom-nj/2026-11-09/客户列表.xlsx", data)
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    row = ("wecom-nj", datetime(2026, 11, 2, 10), "扫描二维码", "南京分行", None)
    assert workspace.rows("wecom_customers", COLUMNS) == [row, row]
    kept = f"{workspace.rows('wecom_customers')} {report}"
    for cell in (*PERSON[:4], *PERSON[7:], *HEADER[13:]):
        assert cell not in kept, cell


def test_an_id_that_the_bank_adds_becomes_a_token(workspace: Workspace) -> None:
    blank = [*PERSON, ""]
    wrong = [*PERSON[:5], "昨天 C0001", *blank[6:]]
    rows = [[*HEADER, "客户号"], [*PERSON, "C0001"], wrong, *[blank] * 3]
    report = workspace.land("wecom-nj/a.xlsx", poi_xlsx({"客户列表": rows}))
    assert [(c.landed, c.refused) for c in report.datasets] == [(4, 1)]
    assert workspace.rows("wecom_customers", "customer_token") == [
        (token("C0001"),),
        *[(None,)] * 3,
    ]
    assert b"C0001" not in b"".join(workspace.bytes_of("quarantine").values())
