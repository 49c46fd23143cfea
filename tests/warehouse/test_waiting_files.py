"""Files that wait in the inbox are published with what was found."""


def test_every_file_that_waits_is_published(given, assert_built):
    given["lake.waiting_files"] = """
        source_file        | delivery_id | kind    | reason     | reason_en   | delivered
        hq/notes.xlsx      | d1          | held    | 10 篇中 9 篇 | 9 of its 10 | 10
        hq/weekly.docx     | d2          | unknown | 一份文档     | a document  |
    """
    want = """
        source_file        | kind    | reason     | reason_en   | delivered
        hq/notes.xlsx      | held    | 10 篇中 9 篇 | 9 of its 10 | 10
        hq/weekly.docx     | unknown | 一份文档     | a document  |
    """
    for layer in ("staging", "published"):
        assert_built(f"{layer}.waiting_files", want)
