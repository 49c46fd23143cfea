"""What no analysis may hold is refused by the name of its column, and nothing of it is kept."""

import json

import duckdb
import pytest

from pipeline.ingest.chinese import chinese
from pipeline.ingest.secret_columns import is_secret
from tests.ingest.conftest import Workspace
from tests.ingest.containers import csv_text, poi_xlsx
from tests.ingest.test_bank import EVENTS

SECRET = "S3CRET-VALUE"

SECRETS = [
    *("password", "user_password", "passwordHash", "login_pwd", "PIN", "pin_block", "CVV2", "cvn"),
    *("card-cvc", "track2", "track_data", "Magnetic Stripe", "fingerprint", "faceFeature"),
    *("face_image", "voiceprint", "sms_code", "otp", "verification code", "card_expiry"),
    *(
        "密码",
        "交易密码",
        "登录密码",
        "支付密码密文",
        "ＣＶＶ２",
        "银行卡CVN2",
        "卡片验证码",
        "二磁",
    ),
    *("磁道信息", "二磁道数据", "指纹", "人脸特征值", "人脸照片", "虹膜", "声纹模板", "短信验证码"),
    *("动态口令", "卡有效期", "卡片有效期", "生物识别信息", "客户 登录 密码"),
    # Written as nobody would look for them.
    *("pass word", "p a s s w o r d", "password*", "Password_Salt", "CV2", "CVV2 CODE", "trackII"),
    *("face_img", "face_feature_vector", "finger_print_template", "iris_code", "voice_template"),
    *("cvv2码", "ＰＩＮ码", "track2数据", "磁道Ⅱ", "【密码】", "客户密码（加密）", "cvv(背面三位)"),
    *(
        "密\u200b码",
        "交易密碼",
        "指紋特徵",
        "人脸特征码",
        "指静脉",
        "面容ID",
        "口令",
        "动态令牌",
        "安全码",
    ),
]
ORDINARY = [
    *("customer_id", "track_id", "track_url", "is_pin", "shopping", "facebook", "spin", "opinion"),
    *("valid_until", "expiry_date", "password_resets", "otp_count", "阅读量", "是否设置密码"),
    *("密码错误次数", "验证码发送次数", "有效期", "首次发布时间", "忘记了登录密码怎么办", "淘口令"),
    *("完播率", "人脸识别次数", "标题", ""),
    *(
        "tracks",
        "track",
        "活体检测次数",
        "password_changed",
        "验证码登录次数",
        "pin_count",
        "facebook_id",
    ),
]


@pytest.mark.parametrize("header", SECRETS)
def test_a_secret_is_known_by_its_header(header: str) -> None:
    assert is_secret(header)


@pytest.mark.parametrize("header", ORDINARY)
def test_an_ordinary_header_is_none(header: str) -> None:
    assert not is_secret(header)


def rows(header: str) -> list[list[str]]:
    event = ["e1", "2026-11-02T08:00:00+08:00", "C0000001", "login", "", "", "", "", ""]
    return [[*EVENTS, header], [*event, SECRET], [*event[:6], "bad amount", "", "", SECRET]]


@pytest.mark.parametrize("header", ["pay_password", "银行卡CVV2"])
@pytest.mark.parametrize(
    "write", [csv_text, lambda grid: poi_xlsx({"Sheet1": grid})], ids=["csv", "xlsx"]
)
def test_a_file_with_one_is_refused_whole_and_no_value_is_kept(
    workspace: Workspace, write, header: str
) -> None:
    report = workspace.land("bank/events.csv", write(rows(header)))
    assert (report.outcome, report.rule) == ("refused", "c3-column")
    assert header in report.reasons[0]
    assert SECRET not in json.dumps(report.reasons + report.warnings + list(report.refusals))
    assert workspace.rows("bank_events") == []
    for name, content in workspace.bytes_of("lake", "quarantine").items():
        assert SECRET.encode() not in content, name
    waiting = duckdb.sql(f"from '{workspace.home}/lake/waiting_files/files.parquet'").fetchall()
    assert "C3" in waiting[0][3] and SECRET not in str(waiting)


def test_a_file_that_is_not_known_is_refused_for_it_all_the_same(workspace: Workspace) -> None:
    report = workspace.land("bank/x.csv", csv_text([["甲", "乙", "登录密码"], ["1", "2", SECRET]]))
    assert (report.outcome, report.rule) == ("refused", "c3-column")


def test_a_large_file_is_refused_for_it(workspace: Workspace) -> None:
    from pipeline import ingest

    workspace.deliver("bank/events.csv", csv_text(rows("cvv")))
    settings = workspace.settings.model_copy(update={"stream_from_bytes": 0})
    (report,) = ingest.run(settings).files
    assert (report.outcome, report.rule) == ("refused", "c3-column")


def test_a_post_about_passwords_is_no_password(workspace: Workspace) -> None:
    from tests.ingest.test_xiaohongshu import HEADER, NOTE

    note = ["忘记密码", *NOTE[1:]]
    assert workspace.land("hq/n.xlsx", poi_xlsx({"Sheet1": [HEADER, note]})).outcome == "landed"


def test_what_an_unknown_file_begins_with_shows_no_number(workspace: Workspace) -> None:
    report = workspace.land("bank/x.csv", csv_text([["C00000012", "138 0013 8000", "张"]]))
    assert report.outcome == "unknown"
    assert "C‹masked› | ‹masked› | 张" in report.reasons[0]


def test_the_reason_is_said_in_chinese() -> None:
    from pipeline.ingest.secret_columns import SecretColumn, refuse_secret_columns

    with pytest.raises(SecretColumn) as refused:
        refuse_secret_columns(["amount", "登录密码"])
    said = chinese(str(refused.value))
    assert "含有 登录密码 列" in said and "expected" not in said and "leave" not in said
