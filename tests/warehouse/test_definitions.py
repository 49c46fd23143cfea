"""The tables that explain the others."""


def test_every_definition_has_words_in_both_languages_and_one_row_a_version(given):
    rows = given.connection.execute("""
        select count(*), count(distinct (metric, version)),
            count(nullif(name_zh, '')), count(nullif(meaning_zh, '')),
            count(nullif(name_en, '')), count(nullif(meaning_en, ''))
        from published.definitions
    """).fetchone()
    assert rows[0] > 20
    assert set(rows) == {rows[0]}


def test_every_stage_of_the_funnel_has_a_definition(given):
    missing = given.connection.execute("""
        select stage from core.stages
        where stage not in (select metric from published.definitions)
    """).fetchall()
    assert missing == []


def test_every_parameter_is_published_with_its_meaning_in_both_languages(given):
    rows = given.connection.execute(
        "select name, value, meaning_zh, meaning_en from published.parameters"
    ).fetchall()
    published = {name: (value, *meanings) for name, value, *meanings in rows}
    settings = given.connection.execute("describe settings.parameters").fetchall()
    assert set(published) == {name for name, *_ in settings}
    assert published["funnel_window_days"] == (
        "30",
        "人群漏斗窗口：自到达起的天数",
        "Funnel of persons: days from the arrival",
    )
    assert all(zh and en and en.isascii() for _, zh, en in published.values())
