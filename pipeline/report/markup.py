"""Templates, the policy and the scripts that every page of the report is made with."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.design import TEMPLATES, tokens
from pipeline.report.language import LOCALES, Locale, chosen, locale, say, spoken

BESIDE, NOTHING = "'self'", "'none'"  # as sources of scripts


def environment(meaning: Callable[[str], str] = lambda _: "") -> Environment:
    """Give the templates with what all of them may use; `meaning` links to a definition."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(
        tokens=tokens(),
        page_css=Markup(source("page.css")),
        say=say,
        chosen=chosen,
        own=locale(),
        other=other(),
        meaning_of=meaning,
    )
    return made


def other() -> Locale:
    """Give the language that is not being spoken."""
    return next(one for name, one in LOCALES.items() if name != spoken())


def embedded(value: Mapping[str, Any]) -> Markup:
    """Give a value as JSON that cannot end its script element."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)


def policy(*scripts: str) -> str:
    """Give the content security policy: these sources of scripts, nothing else from anywhere."""
    return (
        f"default-src 'none'; script-src {' '.join(scripts) or NOTHING}; "
        "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def hash_of(script: str) -> str:
    """Give a script as the policy names it."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def source(name: str) -> str:
    """Give the text of a file beside the templates."""
    return (TEMPLATES / name).read_text(encoding="utf-8")
