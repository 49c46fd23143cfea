"""The page as a mail to look at and send: the summary, the page attached. Nothing is sent here."""

import email.policy
from datetime import datetime, time
from email.message import EmailMessage
from email.utils import format_datetime

from pipeline.periods import SHANGHAI
from pipeline.report import formats, markup, words
from pipeline.report.design import tokens
from pipeline.report.facts import Facts
from pipeline.report.naming import named
from pipeline.report.view import Briefing
from pipeline.settings import MailSettings


def as_mail(facts: Facts, told: Briefing, settings: MailSettings, name: str, html: bytes) -> bytes:
    """Give the mail in the language being spoken, as an .eml file holds it.

    name: of the page, without its ending. html: the page in one file. The same database
    gives the same bytes: the date is the day the numbers were made, the id that of the publication.
    """
    file = f"{name}.html"
    message = EmailMessage(policy=email.policy.SMTP)
    if settings.sender:
        message["From"] = settings.sender
    if settings.to:
        message["To"] = ", ".join(settings.to)
    message["Subject"] = _subject(facts, told, settings)
    message["Date"] = format_datetime(datetime.combine(facts.run.as_of, time(), SHANGHAI))
    message["Message-ID"] = f"<{facts.run.publish_id}.{name}@follower-funnel.invalid>"
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message.set_content(_body("mail.txt", facts, told, file), cte="base64")
    message.add_alternative(_body("mail.html", facts, told, file), subtype="html", cte="base64")
    message.add_attachment(
        html, maintype="text", subtype="html", filename=file, params={"charset": "utf-8"}
    )
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{facts.run.publish_id}_{number}")
    return message.as_bytes()


def _subject(facts: Facts, told: Briefing, settings: MailSettings) -> str:
    names = {"bank": facts.run.bank_name, "week": facts.period.name, "headline": told.headline}
    return " ".join(settings.subject.format(**names).split())


def _body(template: str, facts: Facts, told: Briefing, file: str) -> str:
    filled = markup.environment().get_template(template)
    return filled.render(
        facts=facts,
        told=told,
        names=named(facts.period),
        dates=formats.dates(facts.period.starts, facts.period.last_day),
        ink=tokens()["color"]["light"],
        audience=words.audience(facts.for_outside),
        file=file,
    )
