"""The week as a mail, read back as a mail program does."""

import email
import email.policy
import re
from html import unescape

import pytest

from pipeline.errors import ConfigurationError
from pipeline.report import Wanted, write
from pipeline.report.language import speaking
from pipeline.report.mail import as_mail
from pipeline.report.page import briefing
from pipeline.settings import MailSettings, Settings, load

PAGE = b"<!doctype html>\n<title>page</title>\n"


def made(facts, **settings) -> bytes:
    return as_mail(facts, briefing(facts), MailSettings(**settings), "2026-W46", PAGE)


def read(content: bytes):
    return email.message_from_bytes(content, policy=email.policy.default)


@pytest.fixture(scope="module")
def mail(facts):
    people = ("张三 <a@bank.example>", "b@bank.example")
    return read(made(facts, **{"from": "周报 <weekly@bank.example>"}, to=people))


def test_the_heads_are_those_of_the_settings_and_of_the_publication(mail, facts):
    assert [str(one) for one in mail["To"].addresses] == ["张三 <a@bank.example>", "b@bank.example"]
    assert str(mail["From"]) == "周报 <weekly@bank.example>"
    assert mail["Subject"].startswith("江屿银行（虚构） 2026-W46：阅读")
    assert mail["Date"].datetime.isoformat() == "2026-11-16T00:00:00+08:00"
    assert mail["Message-ID"] == f"<{facts.run.publish_id}.2026-W46@follower-funnel.invalid>"
    assert mail["X-Unsent"] == "1"
    assert not any(part.defects for part in mail.walk())


def test_without_settings_it_is_a_draft_to_be_filled_in(facts):
    mail = read(made(facts))
    assert mail["To"] is None and mail["From"] is None


def test_the_text_and_the_html_both_tell_headline_findings_and_key_figures(mail, facts):
    told = briefing(facts)
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert told.findings and told.tiles
    assert all(one.check in text for one in told.findings)
    for words in (text, unescape(html)):
        assert told.headline in words and facts.run.publish_id in words
        assert all(one.title in words and one.words in words for one in told.findings)
        assert all(one.label in words and one.value.text in words for one in told.tiles)


def test_the_html_has_no_script_no_style_sheet_and_nothing_from_elsewhere(mail):
    html = mail.get_body(("html",)).get_content()
    tags = "".join(re.findall(r"<[^>]*>", html))
    assert not re.search(r"<(script|link|img|style|a|iframe)\b|url\(|\bhref=|\bsrc=", tags)


def test_the_page_is_attached_byte_for_byte(mail):
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "2026-W46.html"
    assert attached.get_content_type() == "text/html"
    assert attached.get_payload(decode=True) == PAGE


def test_the_same_facts_give_the_same_bytes_and_lines_a_server_takes(facts):
    content = made(facts)
    assert content == made(facts)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 998 and b"\n" not in b"".join(lines)
    assert all(byte < 128 for byte in content)


def test_what_the_data_says_is_no_head_and_no_markup(facts):
    from dataclasses import replace

    run = replace(facts.run, bank_name="银行\r\nBcc: x@y.example <b>粗</b>")
    mail = read(made(replace(facts, run=run)))
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("银行 Bcc: x@y.example <b>粗</b> 2026-W46")
    assert "<b>粗</b>" not in mail.get_body(("html",)).get_content()
    assert "<b>粗</b>" in mail.get_body(("plain",)).get_content()


def test_in_english_it_speaks_english(facts):
    with speaking("en"):
        text = read(made(facts)).get_body(("plain",)).get_content()
    assert "Key figures" in text and "Internal" in text


def test_the_file_stands_beside_the_page_with_the_page_in_one_file(settings):
    page, *_, mail = write(settings, languages=("zh",), wanted=Wanted(mail=True, standalone=True))
    assert mail == page.with_suffix(".eml")
    (attached,) = read(mail.read_bytes()).iter_attachments()
    alone = page.with_suffix(".standalone.html").read_bytes()
    assert attached.get_payload(decode=True) == alone


def test_what_is_for_outside_says_so_on_every_surface(facts):
    from dataclasses import replace

    from pipeline.report.facts.rows import Parameter
    from pipeline.report.page import render

    rounded = Parameter("rounded_to", "5", "取整", "rounding")
    outside = replace(facts, parameters=[*facts.parameters, rounded])
    words = "对外资料：小单元不展示，人数已取整"
    assert words in read(made(outside)).get_body(("plain",)).get_content()
    assert words in render(outside) and "内部资料" not in render(outside)
    assert "内部资料" in render(facts)


@pytest.mark.parametrize(
    "wrong",
    [
        'to = ["nobody"]',
        'to = ["a@b.example\\nBcc: c@d.example"]',
        'from = "a b@c.example"',
        'subject = "{account}"',
        'subject = "{week.x}"',
        "copy = 1",
    ],
)
def test_a_wrong_setting_is_named(tmp_path, wrong):
    (tmp_path / "funnel.toml").write_text(f"[mail]\n{wrong}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"mail\."):
        load(home=tmp_path)


def test_settings_of_the_file_are_those_of_the_mail(tmp_path):
    text = '[mail]\nfrom = "a@b.example"\nto = ["李四 <c@d.example>"]\nsubject = "{week}"\n'
    (tmp_path / "funnel.toml").write_text(text, encoding="utf-8")
    mail = load(home=tmp_path).mail
    assert (mail.sender, mail.to, mail.subject) == (
        "a@b.example",
        ("李四 <c@d.example>",),
        "{week}",
    )
    assert Settings(home=tmp_path).mail == MailSettings()
