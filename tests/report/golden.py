"""Write the golden facts of the drawn database again: `python -m tests.report.golden`.

Look at the difference before you commit it: each line of it is something the page now says
otherwise.
"""

import tempfile
from pathlib import Path

from pipeline.report import write
from pipeline.settings import Settings
from tests.report.published_database import WEEK, draw

GOLDEN = Path(__file__).parent / "golden" / f"{WEEK}.json"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        draw(home / "funnel.duckdb")
        page = write(Settings(home=home, reports=home / "reports"))[0]
        GOLDEN.write_bytes(page.with_suffix(".json").read_bytes())


if __name__ == "__main__":
    main()
