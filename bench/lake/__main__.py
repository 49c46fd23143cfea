"""Write a bank's year into a home's lake, or add a day to it."""

import argparse
from pathlib import Path

from bench.lake import add_day, write_year


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="bench.lake", description=__doc__)
    parser.add_argument("home", type=Path, help="the workspace; without the flag an empty one")
    parser.add_argument("--rows", type=int, required=True, help="events of the year")
    parser.add_argument("--one-more-day", action="store_true", help="add the day after the last")
    parser.add_argument("--consents", action="store_true", help="that brings changes of mind")
    asked = parser.parse_args()
    if asked.one_more_day:
        add_day(asked.home, asked.rows, consents=asked.consents)
    else:
        write_year(asked.home, asked.rows)


if __name__ == "__main__":
    main()
