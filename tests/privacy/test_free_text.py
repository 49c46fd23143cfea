"""What people write into comments: numbers that name somebody go, the rest stays."""

import random

import pytest

from pipeline.privacy.free_text import is_card, is_identity, mask_free_text

IDENTITY = "11010519491231002X"  # the example of GB 11643-1999
CARD = "6222021234567890128"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13800000000给我", "打‹电话›给我"),
        ("138-0000-0000", "‹电话›"),
        ("１３８００００００００", "‹电话›"),
        ("+86 138 0000 0000", "+‹电话›"),
        ("1.3.8.0.0.0.0.0.0.0.0", "‹电话›"),
        (f"我是{IDENTITY}", "我是‹证件号›"),
        (f"我是{IDENTITY.lower()}，", "我是‹证件号›，"),
        (f"卡{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}扣钱", "卡‹卡号›扣钱"),
        ("卡号6222021234567890127", "卡号‹号码›"),  # no card number, and gone all the same
        ("单号20261112000123456", "单号‹号码›"),
        ("座机010-12345678", "座机‹电话›"),
        ("发到 me.x@mail.example 谢谢", "发到 ‹邮箱› 谢谢"),
        ("看 https://a.example/u/9?x=1，真的", "看 ‹链接›，真的"),
        ("@小红薯6488 你看 @江屿银行", "‹用户› 你看 ‹用户›"),
        ("加微信 abc_12345 聊", "加微信 ‹号码› 聊"),
        ("vx：zhang2026", "vx：‹号码›"),
        ("我的客户号C99999999，查一下", "我的客户号‹号码›，查一下"),
        ("客户号是 20031", "客户号是 ‹号码›"),
        ("cust00123456查不到", "‹号码›查不到"),
        ("保单P2026-778812", "保单P2026-778812"),  # neither form: four digits, then six
    ],
)
def test_what_reaches_a_person_is_masked(text: str, masked: str) -> None:
    assert mask_free_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "年费200元，2026-11-12 20:15 扣的",
        "近三年收益 3.25%，本金 100000 元",
        "95588 打不通",
        "账户100000元不见了，卡号尾数 1234",
        "2026款iPhone17，型号A2026",
        "排队排了2个小时，3号窗口没人",
        "2026年11月12日到2026年11月13日",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask_free_text(text) == text


def test_a_text_with_a_nul_is_none() -> None:
    with pytest.raises(ValueError, match="NUL"):
        mask_free_text("a\x00b")


def test_an_identity_number_is_known_by_its_last_character() -> None:
    good = [c for c in "0123456789X" if is_identity(IDENTITY[:-1] + c)]
    assert good == ["X"]
    assert is_identity("440524188001010014")
    assert not is_identity("440524188001010013")
    assert not is_identity("1" * 17)


def test_a_card_number_is_known_by_luhns_sum() -> None:
    """Published test numbers of the card schemes; any one digit changed is found."""
    for number in ("4111111111111111", "5500005555555559", "378282246310005", "6011000990139424"):
        assert is_card(number)
        for at, digit in enumerate(number):
            assert not is_card(f"{number[:at]}{(int(digit) + 1) % 10}{number[at + 1 :]}")


def test_no_phone_identity_or_card_number_gets_through_however_it_is_written() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        number = chance.choice([f"139{chance.randrange(10**8):08d}", IDENTITY, CARD])
        gap = chance.choice(["", "", " ", "-", ".", "·", "_", " - "])
        written = gap.join(number) if chance.random() < 0.5 else number
        wide = str.maketrans("0123456789", "０１２３４５６７８９")
        written = written.translate(wide) if chance.random() < 0.2 else written
        before, after = chance.choice(["", "我的号是", "call "]), chance.choice(["", "，急", " ok"])
        said = mask_free_text(f"{before}{written}{after}")
        assert sum(c.isdecimal() for c in said) == 0, (written, said)
