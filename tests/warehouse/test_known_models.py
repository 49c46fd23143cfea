"""Models are read anew where anything differs that they were read from, and not otherwise."""

import pytest

from pipeline.funnels import read_definitions
from pipeline.settings import Settings
from pipeline.warehouse import known_models
from pipeline.warehouse.model import read_models


def kept(settings: Settings):
    return settings.parts / "models.json"


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path)


def test_they_are_the_models_that_would_be_read_and_are_kept(settings):
    definitions = read_definitions()
    first = known_models.read(settings, definitions)
    written = kept(settings).stat()
    assert known_models.read(settings, definitions) == first == read_models()
    assert (kept(settings).stat().st_ino, written.st_mode & 0o777) == (written.st_ino, 0o600)


def test_other_funnels_are_other_models(settings):
    definitions = read_definitions()
    known_models.read(settings, definitions)
    found = known_models.read(settings, definitions[:1])
    assert found == read_models(definitions=definitions[:1]) != read_models()


@pytest.mark.parametrize("left", ["", '{"read_from": "', "{}", "[]"])
def test_a_file_that_is_no_list_of_models_is_written_again(settings, left):
    definitions = read_definitions()
    known_models.read(settings, definitions)
    whole = kept(settings).read_bytes()
    kept(settings).write_text(left)
    assert known_models.read(settings, definitions) == read_models()
    assert kept(settings).read_bytes() == whole
