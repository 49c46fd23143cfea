"""Comments land without who wrote them."""

import duckdb

from pipeline import ingest
from pipeline.ingest.quarantine import listed
from pipeline.settings import Settings

FILE = """评论ID,账号编号,评论时间,用户昵称,头像,主页链接,IP属地,评论内容,回复时间
c1,hq,2026-11-12 20:15,MARKER甲,https://i.example/MARKER.png,https://s.example/MARKER,上海,打13800000000给我,
c2,hq,2026-11-12 20:16,MARKER乙,,,北京,@MARKER丙 年费怎么收？,2026-11-13 09:02
c3,hq,昨天,MARKER丁,,,北京,MARKER 13900000000,
"""


def test_nothing_of_a_commenter_is_kept(settings: Settings) -> None:
    folder = settings.inbox / "bank" / "2026-11-16"
    folder.mkdir(parents=True)
    (folder / "comments.csv").write_text(FILE, encoding="utf-8")
    (report,) = ingest.run(settings).files
    assert [(c.dataset, c.landed, c.refused) for c in report.datasets] == [("bank_comments", 2, 1)]
    landed = duckdb.sql(f"""
        select * from '{settings.lake}/bank_comments/month=*/*.parquet' order by commented_at
    """)
    assert not {"comment_id", "nickname", "用户昵称", "主页链接"} & set(landed.columns)
    assert landed.project("text").fetchall() == [("打‹电话›给我",), ("‹用户› 年费怎么收？",)]
    values = " ".join(str(value) for row in landed.fetchall() for value in row)
    assert "MARKER" not in values
    assert "c1" not in values.replace(".csv", "").split()
    refused = listed(settings)
    assert [(entry["column"], entry["value"]) for entry in refused] == [("评论时间", "昨天")]
    assert "MARKER" not in str(refused)
