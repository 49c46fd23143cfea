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
        pass_?word | passwd | pass_?code | pwd | pass_?phrase | pin_?block | pin_?code
      | cvv\d? | cv2 | cvn\d? | cvc\d?
      | track_?([123]|i{1,3}|data) | full_?track | magnetic_?(track|stripe|data) | mag_?stripe
      | finger_?prints? | iris | voice_?print | palm_?print | retina | biometrics?
      | (face|voice|palm|vein|biometric)_?(
            id | img | image | pic | photo | feature | template | vector | embedding | code
        )s?
      | otp | sms_?code | (sms_?)?(verification|verify|auth)_?code | one_?time_?code
      | card_?exp(iry)?(_?date)? | card_?valid_?(thru|date|until)
      )
    )(_?(
        hash | md5 | sha\d* | sm\d | enc | encrypted | cipher | plain | salt | text | value | data
      | img | image | photo | template | feature | vector | code | no | v?\d+
    ))*""",
    re.VERBOSE,
)
_CHINESE = re.compile(
    r"""口令 | (?!是否|有无).{0,8}(
      密码 | (动态|登录|交易|查询|支付)口令 | 动态令牌 | pin码
    | cvv\d? | cvn\d? | cvc\d? | 卡片?验证码 | 安全码 | 卡背面?
    | track[123] | 磁道 | 磁条 | [一二三]磁 | 芯片等效 | 卡片?有效期
    | 指纹 | 人脸 | 面部 | 面容 | 活体 | 虹膜 | 声纹 | 掌纹 | 静脉 | 视网膜 | 耳廓 | 基因
    | 生物识别 | 生物特征 | 短信码 | 验证码 | 动态码
    )(
      明文|密文|加密|哈希值?|摘要|盐值?|原文|图像|图片|照片|视频|特征[值码]?|模板|向量|数据|信息|内容
      |背面|[后末]?三位(数字?)?|[值码号]|hash|md5|sm\d|id|i{1,3}|\d
    )*""",
    re.VERBOSE,
)
_TRADITIONAL = str.maketrans(
    "碼紋臉徵聲驗證條態靜脈體數據訊號圖", "码纹脸征声验证条态静脉体数据讯号图"
)
"""Characters of the words above as they are written in Hong Kong."""


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
    whole = unicodedata.normalize("NFKC", header)
    written = "".join(c for c in whole if unicodedata.category(c) != "Cf").strip()
    if not written or len(written) > LONGEST:
        return False
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", written)
    latin = re.sub(r"[\W_]+", "_", parted).strip("_").lower()
    squeezed = re.sub(r"[\W_]+", "", written).lower()
    return bool(
        _LATIN.fullmatch(latin)
        or _LATIN.fullmatch(squeezed)
        or _CHINESE.fullmatch(squeezed.translate(_TRADITIONAL))
    )
