from pipeline.ingest import sources
from pipeline.ingest.bank.accounts import PLATFORMS
from pipeline.ingest.source import BANK
from pipeline.report import words


def test_every_dataset_and_platform_has_a_chinese_word():
    assert {source.name for source in sources()} - set(words.DATASETS) == set()
    assert set(PLATFORMS) - set(words.PLATFORMS) == set()


def test_an_account_of_every_declared_platform_can_be_registered():
    assert {source.platform for source in sources()} - {BANK} <= set(PLATFORMS)
