from pipeline.ingest import sources
from pipeline.ingest.bank.accounts import PLATFORMS
from pipeline.report import words


def test_every_dataset_and_platform_has_a_chinese_word():
    assert {source.name for source in sources()} - set(words.DATASETS) == set()
    assert set(PLATFORMS) - set(words.PLATFORMS) == set()
