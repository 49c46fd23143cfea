"""企业微信: contacts by day as an SCRM exports them, and the customer list of the staff."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from pipeline.sample.exports.moments import exported_at, folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.workbook import Cell, Sheet, write_poi_workbook

DAYS = ("日期", "客户总数", "新增客户数", "流失客户数", "净增客户数", "发送申请数")
LIST = (
    "客户名称", "描述", "添加人", "添加人账号", "添加人所属部门", "添加时间", "来源", "手机",
    "企业", "邮箱", "地址", "职务", "电话", "标签组1(客户等级)", "标签组2(产品偏好)",
)  # fmt: skip
WAYS = ("扫描二维码", "渠道活码", "名片分享", "群聊")
LISTED = 24


def write_customer_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write 客户统计.xlsx, oldest day first."""
    won, lost = (
        audience.between(metric, window.first, window.last)
        for metric in ("followers_gained", "followers_lost")
    )
    stock = audience.followers[audience.day(window.first) :]
    rows: list[list[Cell]] = [
        [
            str(window.first + number * DAY),
            int(stock[number]),
            int(won[number]),
            int(lost[number]),
            int(won[number] - lost[number]),
            int(won[number] * 2 + number % 3),
        ]
        for number in range(window.days)
    ]
    _write(inbox, audience, window.exported, "客户统计.xlsx", [DAYS, *rows])


def write_customer_list(inbox: Path, audience: Audience, day: date) -> None:
    """Write 客户列表.xlsx, once: the names and phones in it are made up, and masked."""
    if day != audience.timeline.end:
        return
    rows: list[tuple[Cell, ...]] = []
    for number in range(LISTED):
        added = exported_at(audience.account, day) - timedelta(hours=7 * number + 3)
        staff = f"客户经理{number % 3 + 1}"
        rows.append((
            f"客户{number + 1:03d}", None, staff, f"staff{number % 3 + 1}", "青屿分行/营业部",
            f"{added:%Y-%m-%d %H:%M:%S}", WAYS[number % len(WAYS)],
            f"138****{8000 + number}", None, None, None, None, None, "普通", "存款",
        ))  # fmt: skip
    _write(inbox, audience, day, "客户列表.xlsx", [LIST, *rows])


def _write(
    inbox: Path, audience: Audience, day: date, name: str, rows: Sequence[Sequence[Cell]]
) -> None:
    account = audience.account
    path = folder(inbox, account, day) / name
    write_poi_workbook(path, [Sheet("Sheet1", rows)], exported_at(account, day))
