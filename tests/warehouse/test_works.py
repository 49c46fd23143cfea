POSTS = "post_id | account_id | platform | title | published_on | exported_at | form | reads"


def posts(*lines):
    rows = "\n".join(f"{line} | 2026-11-16 08:00:00 | image_text | 10" for line in lines)
    return f"{POSTS}\n{rows}"


def shingled(given, assert_built, *lines):
    """Draw posts, and let the model cut their titles."""
    given["core.post_snapshots"] = posts(*lines)
    assert_built("core.title_shingles", "post_id | shingle\n" + cut(lines))


def cut(lines):
    titles = [[cell.strip() for cell in line.split("|")] for line in lines]
    pairs = {(row[0], row[3][i : i + 2]) for row in titles for i in range(len(row[3]) - 1)}
    return "\n".join(f"{post} | {pair}" for post, pair in sorted(pairs))


def test_a_title_is_cut_into_pairs_without_hashtags_blanks_and_punctuation(given, assert_built):
    given["core.post_snapshots"] = posts(
        "a | xhs | xiaohongshu | 存款，怎么 存？#理财 | 2026-11-09",
        "b | xhs | xiaohongshu | 周报 | 2026-11-09",
    )
    assert_built(
        "core.title_shingles",
        """
        post_id | shingle
        a       | 存款
        a       | 款怎
        a       | 怎么
        a       | 么存
        """,
    )


def test_alike_titles_close_in_time_on_two_platforms_match(given, assert_built):
    shingled(
        given,
        assert_built,
        "a | xhs   | xiaohongshu     | 车主卡权益一次看完 | 2026-11-09",
        "b | mp    | wechat_official | 车主卡权益一次看懂 | 2026-11-12",
        "c | video | wechat_channels | 车主卡权益一次看完 | 2026-11-13",
        "d | xhs2  | xiaohongshu     | 车主卡权益一次看完 | 2026-11-09",
        "e | mp    | wechat_official | 给孩子的第一笔存款 | 2026-11-09",
    )
    assert_built(
        "core.post_matches",
        """
        post_id | other_post_id | score    | verdict
        a       | b             | 0.777778 | matched
        b       | a             | 0.777778 | matched
        b       | c             | 0.777778 | matched
        c       | b             | 0.777778 | matched
        d       | b             | 0.777778 | matched
        b       | d             | 0.777778 | matched
        """,
    )


def test_two_posts_of_an_account_that_fit_equally_well_are_ambiguous(given, assert_built):
    shingled(
        given,
        assert_built,
        "a | xhs | xiaohongshu     | 每周市场回顾 | 2026-11-09",
        "b | mp  | wechat_official | 每周市场回顾 | 2026-11-09",
        "c | mp  | wechat_official | 每周市场回顾 | 2026-11-10",
    )
    assert_built(
        "core.post_matches",
        """
        post_id | other_post_id | verdict
        a       | b             | ambiguous
        a       | c             | ambiguous
        b       | a             | ambiguous
        c       | a             | ambiguous
        """,
    )


def test_the_bank_overrides_a_match_and_adds_one_nobody_saw(given, assert_built):
    shingled(
        given,
        assert_built,
        "a | xhs | xiaohongshu     | 车主卡权益一次看完 | 2026-11-09",
        "b | mp  | wechat_official | 车主卡权益一次看完 | 2026-11-09",
        "c | mp  | wechat_official | 换了标题的同一篇稿 | 2026-11-30",
    )
    given["staging.bank_work_corrections"] = """
        post_id | other_post_id | is_same
        a       | b             | false
        c       | a             | true
    """
    assert_built(
        "core.post_matches",
        """
        post_id | other_post_id | score | verdict
        a       | b             | 1     | rejected
        b       | a             | 1     | rejected
        a       | c             |       | confirmed
        c       | a             |       | confirmed
        """,
    )


def test_a_work_is_all_posts_matched_in_turn_and_none_that_are_doubtful(given, assert_built):
    given["core.post_snapshots"] = posts(
        *(f"{post} | x | xiaohongshu | t | 2026-11-09" for post in "abcdefg")
    )
    given["core.post_matches"] = """
        post_id | other_post_id | verdict
        d       | c             | matched
        c       | d             | matched
        c       | b             | confirmed
        b       | c             | confirmed
        b       | a             | matched
        a       | b             | matched
        e       | a             | ambiguous
        a       | e             | ambiguous
        f       | a             | rejected
        a       | f             | rejected
    """
    assert_built(
        "core.works",
        """
        post_id | work_id
        a       | a
        b       | a
        c       | a
        d       | a
        e       | e
        f       | f
        g       | g
        """,
    )


def test_a_work_is_named_by_a_post_of_its_own(given, assert_built):
    given["core.post_snapshots"] = posts(
        *(f"{post} | xhs | xiaohongshu | 一 | 2026-11-09" for post in "abcdexyz")
    )
    links = ["ab", "bc", "cd", "de", "ax"]
    rows = [f"{one} | {other} | matched" for pair in links for one, other in (pair, pair[::-1])]
    given["core.post_matches"] = "\n".join(["post_id | other_post_id | verdict", *rows])
    assert_built(
        "core.works",
        "post_id | work_id\n"
        + "\n".join(f"{post} | {'a' if post < 'y' else post}" for post in "abcdexyz"),
    )


def test_the_library_counts_copies_platforms_and_reads_of_a_work(given, assert_built):
    given["core.post_snapshots"] = """
        post_id | platform        | title | form       | published_on | exported_at         | reads
        a       | xiaohongshu     | 一    | image_text | 2026-11-09   | 2026-11-09 08:00:00 | 1
        a       | xiaohongshu     | 一改  | image_text | 2026-11-09   | 2026-11-16 08:00:00 | 10
        b       | wechat_channels | 二    | video      | 2026-11-10   | 2026-11-16 08:00:00 | 5
        c       | wechat_official | 三    | image_text | 2026-11-10   | 2026-11-16 08:00:00 |
    """
    given["core.works"] = """
        post_id | work_id
        a       | a
        b       | a
        c       | c
    """
    given["core.post_matches"] = """
        post_id | other_post_id | score | verdict
        a       | b             | 0.7   | matched
        b       | a             | 0.7   | matched
    """
    assert_built(
        "published.works",
        """
        work_id | title | first_published_on | posts | platforms | forms | reads | lowest_score
        a       | 一改  | 2026-11-09         | 2     | 2         | 2     | 15    | 0.7
        c       | 三    | 2026-11-10         | 1     | 1         | 1     |       |
        """,
    )
