"""An analysis database that shall be encrypted is never written in plain."""

import pytest

from pipeline import warehouse
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings


def test_what_duckdb_cannot_encrypt_is_not_built(settings: Settings) -> None:
    asked = settings.model_copy(update={"encrypt_analysis": True})
    with pytest.raises(ConfigurationError, match=r"DuckDB 2.*写不了加密库.*crypto") as refused:
        warehouse.build(asked)
    assert "encrypted disk" in str(refused.value)
    assert not settings.analysis_database.exists()
    assert not (settings.home / ".draft").exists()
