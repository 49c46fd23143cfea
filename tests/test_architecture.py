"""The directions of docs/ARCHITECTURE.md: what may import what, who prints, who reads what."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

from pipeline.warehouse.model import read_checks, read_models
from pipeline.warehouse.order import in_order

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))
LONGEST_FILE = 300

# What each part may import of the project beside itself; what is not named may import all.
MAY_IMPORT = {
    "errors": set(),
    "files": set(),
    "periods": {"errors"},
    "measures": {"review"},
    "privacy": {"errors", "files", "periods", "settings"},
    "parameters": set(),
    "secret_files": {"errors"},
    "settings": {"errors", "parameters", "periods", "secret_files"},
    "spark": {"errors", "settings"},
    "ingest": {
        *("errors", "files", "parameters", "periods", "settings"),
        *("privacy", "review", "spark"),
    },
    "warehouse": {
        *("errors", "files", "parameters", "periods", "settings"),
        *("funnels", "measures", "privacy", "review", "spark"),
    },
    "databases": {"errors"},
    "funnels": {"errors"},
    "review": {"errors", "files"},
    "report": {"errors", "periods", "settings", "databases", "analysts", "funnels"},
    "sample": {"errors", "periods"},
    "runs": {"errors", "files", "settings"},
    "query": {"errors", "databases"},
    "analysts": {"errors", "databases", "files", "review"},
    "console": {"ingest", "warehouse"},
    "commands": {
        *("errors", "settings", "console", "runs", "query", "nightly"),
        *("analysts", "funnels", "ingest", "periods", "privacy", "report", "review", "warehouse"),
        "sample",
    },
}


def part(file: Path) -> str:
    return file.relative_to(ROOT / "pipeline").with_suffix("").parts[0]


def imported(file: Path) -> Iterator[str]:
    """Give the parts of the project a module imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "pipeline":
                yield rest.partition(".")[0]


def called(file: Path) -> set[str]:
    """Give what a module calls or reads, as dotted names."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute | ast.Name)}


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_lies_below_it(name: str) -> None:
    files = [file for file in MODULES if part(file) == name]
    assert files
    wrong = [
        f"{file.relative_to(ROOT)} imports {other}"
        for file in files
        for other in imported(file)
        if other not in {name, *MAY_IMPORT[name]}
    ]
    assert wrong == []


def test_every_part_is_held_to_a_direction() -> None:
    above = {"__init__", "__main__", "cli", "nightly"}
    assert {part(file) for file in MODULES} == MAY_IMPORT.keys() | above


COMMANDS = [file for file in MODULES if part(file) == "commands"]


def test_only_the_settings_read_the_environment() -> None:
    reading = {"os.environ", "os.getenv", "environ", "getenv", "os.environb"}
    assert [part(file) for file in MODULES if called(file) & reading] == ["settings"]


def test_only_the_command_line_prints() -> None:
    printing = {"print", "sys.stdout", "sys.stderr", "Console", "typer.echo", "logging"}
    found = {file.relative_to(ROOT).as_posix() for file in MODULES if called(file) & printing}
    assert found - TALKS_TO_ITS_PARENT == {"pipeline/cli.py", "pipeline/console.py"}


def test_only_the_command_line_ends_the_program() -> None:
    ending = {"sys.exit", "exit", "quit", "SystemExit", "os._exit", "typer.Exit"}
    found = {file for file in MODULES if called(file) & ending}
    others = {file.relative_to(ROOT).as_posix() for file in found - set(COMMANDS)}
    assert others - TALKS_TO_ITS_PARENT == {"pipeline/cli.py"}


# A process of its own, which has nobody to talk to but the ingest that started it.
TALKS_TO_ITS_PARENT = {"pipeline/ingest/workbook_worker.py"}


# What analysts and developers write themselves: funnels, rules and models; told in English.
TOLD_IN_ENGLISH = {"funnels", "review", "warehouse"}


def refusals(file: Path) -> Iterator[ast.Call]:
    """Give what a module raises at whoever delivers, asks or runs."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            kind = ast.unparse(node.exc.func)
            if kind in {"InputError", "ConfigurationError", "LockedError"}:
                yield node.exc


def test_what_a_user_is_refused_is_said_in_chinese() -> None:
    english = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in MODULES
        if part(file) not in TOLD_IN_ENGLISH
        for call in refusals(file)
        for said in ["".join(n.value for n in ast.walk(call) if _is_text(n))]
        if re.search("[a-z]{3}", said) and not re.search("[一-鿿]", said)
    ]
    assert english == []


def _is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_the_clock_is_asked_for_a_date_in_one_place() -> None:
    asking = {"dt.date.today", "date.today", "datetime.today", "dt.datetime.now", "datetime.now"}
    found = {part(file) for file in MODULES if called(file) & asking}
    assert found == {"periods", "runs"}, "runs stamps its records, periods knows today"


def test_every_model_reads_only_the_layers_before_it() -> None:
    models = read_models()
    assert len(in_order(models)) == len(models)


def test_every_check_names_the_published_or_staged_table_it_is_about() -> None:
    tables = {model.table for model in read_models()} | {"persons"}
    assert [c.name for c in read_checks() if c.name.partition("__")[0] not in tables] == []


def test_every_core_model_is_read_by_another() -> None:
    """What nobody reads is dead: staging mirrors the lake, published is for people."""
    models = read_models()
    read = {name for model in models for name in model.reads}
    read |= {name for check in read_checks() for name in re.findall(r"core\.\w+", check.sql)}
    assert [m.name for m in models if m.schema == "core" and m.name not in read] == []


def test_no_module_is_longer_than_a_few_screens() -> None:
    long = {
        file.relative_to(ROOT).as_posix(): lines
        for file in MODULES
        if (lines := sum(bool(x.strip()) for x in file.read_text("utf-8").splitlines()))
        > LONGEST_FILE
    }
    assert long == {}


def test_no_tracked_file_names_the_host_of_a_package_registry() -> None:
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com"]
    pattern = re.compile("|".join(map(re.escape, [*hosts, "index" + "-url"])).encode())
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    files = [ROOT / name.decode() for name in listed.split(b"\0") if name]
    assert files
    named = [f for f in files if f.is_file() and pattern.search(f.read_bytes())]
    assert [file.relative_to(ROOT).as_posix() for file in named] == []
