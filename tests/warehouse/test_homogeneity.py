"""Near duplicates by title, and the share of a month's posts that are one."""

import itertools
import random

POSTS = "post_id | account_id | published_on | title | exported_at"


def titled(given, *lines):
    rows = "\n".join(f"{line} | 2026-11-16 08:00:00" for line in lines)
    given["core.post_snapshots"] = f"{POSTS}\n{rows}"
    ids = [line.split("|")[0].strip() for line in lines]
    given["core.works"] = "post_id | work_id\n" + "\n".join(f"{one} | {one}" for one in ids)
    given.build("core.title_shingles")


def test_a_title_repeats_an_earlier_one_that_shares_most_of_its_pairs(given, assert_built):
    """Seven pairs of nine (a, b), and eight of eleven with one more at the end (a, c)."""
    titled(
        given,
        "a | hq   | 2026-10-01 | 车主卡权益一次看完",
        "b | hq   | 2026-10-20 | 车主卡权益一次看懂",
        "c | east | 2026-10-21 | 车主卡权益一次看完第二期",
        "d | hq   | 2026-10-22 | 给孩子的第一笔存款",
    )
    assert_built(
        "core.near_duplicates",
        """
        post_id | earlier_post_id | same_account | similarity
        b       | a               | true         | 0.777778
        c       | a               | false        | 0.727273
        """,
    )


def test_only_the_days_before_count_and_of_one_day_the_greater_id_is_later(given, assert_built):
    titled(
        given,
        "a | hq | 2026-07-01 | 车主卡权益一次看完",
        "b | hq | 2026-09-29 | 车主卡权益一次看完",
        "c | hq | 2026-09-30 | 车主卡权益一次看完",
        "d | hq | 2026-09-30 | 车主卡权益一次看完",
    )
    assert_built(
        "core.near_duplicates",
        """
        post_id | earlier_post_id | same_account | similarity
        b       | a               | true         | 1.0
        c       | b               | true         | 1.0
        d       | b               | true         | 1.0
        d       | c               | true         | 1.0
        """,
    )


def test_copies_of_one_work_are_reuse_and_no_duplicates(given, assert_built):
    titled(
        given,
        "a | xhs | 2026-10-01 | 车主卡权益一次看完",
        "b | mp  | 2026-10-02 | 车主卡权益一次看完",
        "c | mp  | 2026-10-20 | 车主卡权益一次看完",
    )
    given["core.works"] = "post_id | work_id\n a | a\n b | a\n c | c"
    assert_built(
        "core.near_duplicates",
        """
        post_id | earlier_post_id | same_account
        c       | a               | false
        c       | b               | true
        """,
    )


def test_no_near_duplicate_is_missed_where_pairs_are_looked_up_by_the_rare_ones(given):
    """Against all pairs compared: titles of a few characters, so that many are nearly alike."""
    chance = random.Random(7)
    titles = ["".join(chance.choices("存款理财", k=chance.randint(4, 9))) for _ in range(120)]
    titled(given, *(f"{n:03} | hq | 2026-10-01 | {title}" for n, title in enumerate(titles)))
    given.build("core.near_duplicates")
    found = given.connection.execute(
        "select post_id, earlier_post_id, similarity from core.near_duplicates order by all"
    ).fetchall()
    pairs = [{title[at : at + 2] for at in range(len(title) - 1)} for title in titles]
    want = [
        (f"{later:03}", f"{earlier:03}", similarity)
        for earlier, later in itertools.combinations(range(len(titles)), 2)
        if (similarity := jaccard(pairs[earlier], pairs[later])) >= 0.6
    ]
    assert found == sorted(want)
    assert len(found) > 100


def jaccard(one, other):
    return len(one & other) / len(one | other)


def test_the_share_of_posts_that_repeat_their_own_account_or_another(given, assert_built):
    given["core.account_levels"] = """
        account_id | day        | level   | tier        | unit_id | path_account_id
        hq         | 2026-10-05 | bank    |             |         |
        hq         | 2026-10-05 | account | head_office | hq      | hq
        hq         | 2026-11-05 | bank    |             |         |
        east       | 2026-10-05 | bank    |             |         |
    """
    given["published.content_posts"] = """
        post_id | account_id | published_on
        a       | hq         | 2026-10-05
        b       | hq         | 2026-10-05
        c       | east       | 2026-10-05
        d       | east       | 2026-10-05
        e       | hq         | 2026-11-05
        f       | hq         | 2026-08-01
    """
    given["core.title_shingles"] = """
        post_id | shingle
        a       | 存款
        a       | 款怎
        b       | 存款
        c       | 存款
        e       | 存款
    """
    given["core.near_duplicates"] = """
        post_id | earlier_post_id | same_account
        b       | a               | true
        b       | c               | false
        c       | a               | false
    """
    assert_built(
        "published.homogeneity",
        """
        month      | account_id | among       | posts | near_duplicates | rate_low  | rate_high
        2026-10-01 |            | own_account | 3     | 1               | 0.0614919 | 0.79234
        2026-10-01 |            | own_bank    | 3     | 2               | 0.20766   | 0.938508
        2026-10-01 | hq         | own_account | 2     | 1               | 0.0945312 | 0.905469
        2026-10-01 | hq         | own_bank    | 2     | 1               | 0.0945312 | 0.905469
        2026-11-01 |            | own_account | 1     | 0               | 0         | 0.793451
        2026-11-01 |            | own_bank    | 1     | 0               | 0         | 0.793451
        """,
    )
    assert_built(
        "published.homogeneity",
        """
        month      | account_id | among       | duplicate_rate | complete | full_past
        2026-10-01 |            | own_account | 0.333333       | true     | false
        2026-10-01 |            | own_bank    | 0.666667       | true     | false
        2026-10-01 | hq         | own_account | 0.5            | true     | false
        2026-10-01 | hq         | own_bank    | 0.5            | true     | false
        2026-11-01 |            | own_account | 0              | false    | true
        2026-11-01 |            | own_bank    | 0              | false    | true
        """,
    )
