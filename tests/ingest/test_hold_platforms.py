"""What looks like a mistake is held on every platform whose posts reach the funnel."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ingest import sources
from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, excelize_xlsx, poi_xlsx
from tests.ingest.test_douyin import NEW as DOUYIN
from tests.ingest.test_toutiao import ARTICLES as TOUTIAO
from tests.ingest.test_toutiao import VIDEOS as TOUTIAO_VIDEOS
from tests.ingest.test_zhihu import ARTICLES as ZHIHU

SQL = Path(__file__).parents[2] / "sql" / "staging"
MAPPING = """
platform = "{}"
kind = "posts"
[columns]
published_at = "发布时间"
title = "标题"
reads = "阅读数"
[formats]
published_at = "YYYY-MM-DD hh:mm"
"""


def douyin(posts: range, reads: int) -> bytes:
    rows = [
        [f"作品{i}", f"2026-10-26 19:{i:02}:00", "图文", "公开", f"{reads}", *["-"] * 5]
        + [f"{reads}"] * 6
        for i in posts
    ]
    return poi_xlsx({"Sheet1": [DOUYIN, *rows]}, "")


def bilibili(posts: range, reads: int) -> bytes:
    rows = [[f"稿件{i}", f"2026年06月03日 16:{i:02}:25", reads] for i in posts]
    return csv_text([cells("视频标题 | 发布时间 | 播放量"), *rows])


def zhihu(posts: range, reads: int) -> bytes:
    rows = [["问", "2026-08-01", f"https://zhuanlan.zhihu.com/p/{i}", *[reads] * 6] for i in posts]
    return csv_text([ZHIHU, *rows])


def toutiao(posts: range, reads: int, header: list[str] = TOUTIAO) -> bytes:
    rows = [
        ["理财", "2025-10-21 16:11:53", f"75634123456789012{i:02}", f"https://toutiao.com/i{i}/"]
        + [reads] * 4
        + ["-1", "-1", "-1"]
        + [reads] * 5
        for i in posts
    ]
    return excelize_xlsx([header, *rows])


def toutiao_videos(posts: range, reads: int) -> bytes:
    return toutiao(posts, reads, TOUTIAO_VIDEOS)


def baijiahao(posts: range, reads: int) -> bytes:
    header = cells("标题 | 链接 | 发布时间 | 阅读量 | 评论量 | 点赞量 | 收藏量 | 分享量 | 推荐量")
    # The scheme and what follows the id differ from one export to the next.
    url = f"http{'s' * (reads % 2)}://baijiahao.baidu.com/builder/preview/s?id={{}}&v={reads}"
    rows = [["存款", url.format(10**18 + i), "2025-10-17", *[f"{reads}"] * 6] for i in posts]
    return poi_xlsx({"data": [header, *rows]}, "")


def mapped(posts: range, reads: int) -> bytes:
    rows = [[f"博文{i}", f"2026-11-02 09:{i:02}", reads] for i in posts]
    return csv_text([cells("标题 | 发布时间 | 阅读数"), *rows])


FILES = {
    "douyin_works": ("作品列表.xlsx", douyin),
    "bilibili_videos": ("近期稿件对比.csv", bilibili),
    "zhihu_contents": ("文章.xls", zhihu),
    "toutiao_articles": ("图文_-_1-45.xlsx", toutiao),
    "toutiao_videos": ("视频_-_1-20.xlsx", toutiao_videos),
    "baijiahao_articles": ("内容.xlsx", baijiahao),
    "weibo_posts": ("微博.csv", mapped),
    "kuaishou_posts": ("作品.csv", mapped),
    "alipay_posts": ("文章.csv", mapped),
}
LIFETIME = [name for name in FILES if {s.name: s for s in sources()}[name].lifetime]


@pytest.fixture(params=FILES)
def deliver(
    request: pytest.FixtureRequest, workspace: Workspace
) -> Callable[[str, range, int], str]:
    """Land posts of an account, exported on a day of its folder, and give what came of them."""
    dataset: str = request.param
    name, write = FILES[dataset]
    if write is mapped:
        text = MAPPING.format(dataset.removesuffix("_posts"))
        workspace.deliver("mapping.toml", text.encode())

    def land(folder: str, posts: range, reads: int) -> str:
        report = workspace.land(f"{folder}/{name}", write(posts, reads))
        assert [counted.dataset for counted in report.datasets] == [dataset]
        return report.outcome

    return land


def test_every_post_that_a_staging_model_reads_is_known_again() -> None:
    told = {source.name for source in sources() if source.post_key}
    models = {path.stem: path.read_text(encoding="utf-8") for path in SQL.glob("*.sql")}
    grain = re.compile(r"^-- grain: account_id, exported_at, (?!metric)", re.MULTILINE)
    posts = {name for name, text in models.items() if grain.search(text)}
    posts -= {"wechat_official_article_channels"}  # where an article's readers came from
    assert set(FILES) <= posts <= told


def test_another_account_s_posts_are_held(deliver: Callable[[str, range, int], str]) -> None:
    assert deliver("hq/2026-11-09", range(10), 500) == "landed"
    assert deliver("nj/2026-11-09", range(5, 15), 501) == "landed"
    assert deliver("sz/2026-11-09", range(9), 502) == "held"


def test_zeros_are_held_where_the_history_is_not_zero(
    deliver: Callable[[str, range, int], str],
) -> None:
    assert deliver("hq/2026-11-09", range(10), 500) == "landed"
    assert deliver("hq/2026-11-16", range(10), 0) == "held"
    assert deliver("nj/2026-11-16", range(20, 30), 0) == "landed"


def test_a_list_of_all_posts_that_was_cut_short_is_held(
    deliver: Callable[[str, range, int], str], request: pytest.FixtureRequest
) -> None:
    assert deliver("hq/2026-11-09", range(10), 500) == "landed"
    everything = request.node.callspec.params["deliver"] in LIFETIME
    assert deliver("hq/2026-11-16", range(4), 600) == ("held" if everything else "landed")
