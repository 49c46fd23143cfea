"""Columns that no analysis may hold: a file that has one is refused before anything of it is kept.

They are the C3 information of JR/T 0171-2020 (personal financial information protection): what a
person proves to be themselves with, and what is on the magnetic track or the back of their card.
A hash, a cipher or a picture of one is one, too. What is counted of them (次数) or asked of them
(是否) is not.
"""

import re
import unicodedata
from collections.abc import Iterable

from pipeline.ingest.container import FileRefused

LONGEST = 30
"""Characters of a header; what is longer is a sentence."""

_LATIN = re.compile(
    r"""(
      pin | card_?pin
    | (.*_)?(
        password | passwd | passcode | pwd | passphrase | pin_?block | pin_?code
      | cvv\d? | cvn\d? | cvc\d?
      | track_?[123] | track_?data | magnetic_?(track|stripe|data) | mag_?stripe | full_?track
      | fingerprints? | iris | voice_?print | palm_?print | retina | biometrics?
      | face_?(id|image|photo|feature|template|vector|embedding)s?
      | otp | sms_?code | (sms_?)?(verification|verify|auth)_?code | one_?time_?code
      | card_?exp(iry)?(_?date)? | card_?valid_?(thru|date|until)
      )
    )(_?(hash|md5|sha\d*|enc|encrypted|cipher|plain|text|value|data|no|\d))*""",
    re.VERBOSE,
)
_CHINESE = re.compile(
    r"""(?!是否|有无).{0,8}(
      密码 | (动态|登录|交易|查询|支付)口令 | cvv\d? | cvn\d? | cvc\d? | 卡片?验证码 | 卡片?安全码
    | 磁道 | 磁条 | [一二三]磁 | 卡片?有效期
    | 指纹 | 人脸 | 面部 | 虹膜 | 声纹 | 掌纹 | 指静脉 | 视网膜 | 耳廓 | 基因 | 生物识别 | 生物特征
    | 短信码 | 验证码 | 动态码
    )(明文|密文|哈希值?|摘要|原文|图像|图片|照片|视频|特征值?|模板|数据|信息|内容|值|号|hash|md5|\d)*""",
    re.VERBOSE,
)


class SecretColumn(FileRefused):
    """A file that has a column which must not be here."""

    rule = "c3-column"


def refuse_secret_columns(names: Iterable[str]) -> None:
    """Raise SecretColumn for the first header that names C3 information; only headers are named."""
    for name in names:
        if is_secret(name):
            raise SecretColumn(
                f"a column {name.strip()} of what no analysis may hold (C3)",
                "a file without passwords, card verification codes, magnetic tracks, cards' expiry "
                "dates, biometrics and one-time codes",
                "leave the column out where the file is made; nothing of this one was kept",
            )


def is_secret(header: str) -> bool:
    """Whether a header names C3 information, in Chinese or in English."""
    written = unicodedata.normalize("NFKC", header).strip()
    if not written or len(written) > LONGEST:
        return False
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", written)
    latin = re.sub(r"[\s\-.:/]+", "_", parted).lower()
    chinese = re.sub(r"[\s\-_()·.:/]+", "", written).lower()
    return bool(_LATIN.fullmatch(latin) or _CHINESE.fullmatch(chinese))
