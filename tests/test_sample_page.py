from pathlib import Path

COMMITTED = Path(__file__).parents[1] / "reports" / "2026-W46.html"


def test_the_committed_sample_page_is_the_one_a_run_makes(sample_run):
    made = sample_run.reports / COMMITTED.name
    assert COMMITTED.read_bytes() == made.read_bytes(), "run `make run` and commit the page"
