"""Posts without an id: an edited title is followed, two posts of a moment are told, not merged."""

import pytest

NOTES = "account_id | title | published_at        | form  | exported_at         | reads\n"


def notes(*rows: str) -> str:
    """Notes of one moment: `title, day of November it was exported, reads`."""
    drawn = (row.split() for row in rows)
    return NOTES + "\n".join(
        f"red | {title} | 2026-11-02 09:30:00 | video | 2026-11-{day} 08:00:00 | {reads}"
        for title, day, reads in drawn
    )


def rows(given, query: str) -> list:
    return given.connection.execute(query).fetchall()


MODELS = ("core.exported_posts", "core.post_titles", "core.post_snapshots", "core.post_increments")
ADDED = "select title, reads_added from core.post_increments join core.post_snapshots using "
ADDED += "(post_id, exported_at) order by exported_at, title"
POSTS = "select count(distinct post_id) from core.post_snapshots"
LISTED = "select title, why from published.ambiguous_posts order by title"


def test_an_edited_title_and_its_edit_back_are_followed(given):
    given["staging.xiaohongshu_notes"] = notes("Old 03 10", "New 04 30", "Old 05 45")
    given.build(*MODELS, "published.ambiguous_posts")
    assert rows(given, POSTS) == [(1,)]
    assert rows(given, ADDED) == [("Old", 10), ("New", 20), ("Old", 15)]
    assert rows(given, LISTED) == []


def test_two_notes_of_a_moment_are_listed_and_not_merged(given):
    given["staging.xiaohongshu_notes"] = notes("A 03 10", "B 03 70", "A 04 12", "B 04 75")
    given.build(*MODELS, "published.ambiguous_posts")
    assert rows(given, POSTS) == [(2,)]
    assert rows(given, ADDED) == [("A", 10), ("B", 70), ("A", 2), ("B", 5)]
    assert rows(given, LISTED) == [("A", "same_moment"), ("B", "same_moment")]


def test_a_note_keeps_counting_when_another_of_its_moment_appears(given):
    given["staging.xiaohongshu_notes"] = notes("A 03 10", "A 04 12", "B 04 75")
    given.build(*MODELS, "published.ambiguous_posts")
    assert rows(given, ADDED) == [("A", 10), ("A", 2), ("B", 75)]
    since = "select distinct cast(ambiguous_since as varchar) from published.ambiguous_posts"
    assert rows(given, since) == [("2026-11-04 08:00:00",)]


@pytest.mark.parametrize("back", [False, True])
def test_an_edit_among_notes_of_a_moment_is_listed_and_not_counted_twice(given, back):
    last = ("A 05 19", "B 05 80") if back else ("C 05 19", "B 05 80")
    given["staging.xiaohongshu_notes"] = notes("A 03 10", "B 03 70", "C 04 15", "B 04 75", *last)
    given.build(*MODELS, "published.ambiguous_posts")
    followed = ("A", 9) if back else ("C", 4)
    added = [("A", 10), ("B", 70), ("B", 75 - 70), ("C", None), ("B", 5), followed]
    assert rows(given, ADDED) == added[:4] + sorted(added[4:])
    assert rows(given, LISTED) == [
        ("A", "same_moment"),
        ("B", "same_moment"),
        ("C", "maybe_renamed"),
    ]


def test_where_only_the_day_is_told_the_title_knows_the_post(given):
    """Two posts of a day are usual; one that comes while another goes may be an edited title."""
    given["staging.weibo_posts"] = """
        account_id | title | published_at        | exported_at         | reads
        wb         | A     | 2026-11-02 00:00:00 | 2026-11-03 08:00:00 | 10
        wb         | B     | 2026-11-02 00:00:00 | 2026-11-03 08:00:00 | 20
        wb         | A     | 2026-11-02 00:00:00 | 2026-11-04 08:00:00 | 11
        wb         | B     | 2026-11-02 00:00:00 | 2026-11-04 08:00:00 | 21
        wb         | Old   | 2026-11-03 00:00:00 | 2026-11-03 08:00:00 | 30
        wb         | New   | 2026-11-03 00:00:00 | 2026-11-04 08:00:00 | 31
        wb         | Was   | 2026-11-03 09:30:00 | 2026-11-03 10:00:00 | 1
        wb         | Is    | 2026-11-03 09:30:00 | 2026-11-04 08:00:00 | 5
    """
    given.build("core.mapped_posts", *MODELS, "published.ambiguous_posts")
    assert rows(given, LISTED) == [("New", "maybe_renamed"), ("Old", "same_day")]
    assert rows(given, ADDED) == [
        ("A", 10),
        ("B", 20),
        ("Old", 30),
        ("Was", 1),
        ("A", 1),
        ("B", 1),
        ("Is", 4),
        ("New", None),
    ]


def test_the_last_export_of_each_title_says_where_it_stands(given):
    given["staging.xiaohongshu_notes"] = """
        account_id | title | published_at        | exported_at         | source_file | source_line
        red        | A     | 2026-11-02 09:30:00 | 2026-11-03 08:00:00 | old.xlsx    | 3
        red        | B     | 2026-11-02 09:30:00 | 2026-11-03 08:00:00 | old.xlsx    | 4
        red        | A     | 2026-11-02 09:30:00 | 2026-11-04 08:00:00 | new.xlsx    | 3
    """
    given.build(*MODELS, "published.ambiguous_posts")
    query = "select title, exports, source_file, source_line from published.ambiguous_posts"
    assert rows(given, query + " order by title") == [
        ("A", 2, "new.xlsx", 3),
        ("B", 1, "old.xlsx", 4),
    ]
