"""Files that wait in the inbox are published with what was found."""


def test_every_file_that_waits_is_published(given, assert_built):
    given["lake.waiting_files"] = """
        source_file        | delivery_id | kind    | reason      | delivered
        hq/notes.xlsx      | d1          | held    | 9 of its 10 | 10
        hq/weekly.docx     | d2          | unknown | a document  |
    """
    want = """
        source_file        | kind    | reason      | delivered
        hq/notes.xlsx      | held    | 9 of its 10 | 10
        hq/weekly.docx     | unknown | a document  |
    """
    for layer in ("staging", "published"):
        assert_built(f"{layer}.waiting_files", want)
