"""Tables that an operator maps by hand: landed as declared, refused where a mapping is unclear."""

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline import ingest
from pipeline.ingest.mapping import SHAPES, mappings_for
from pipeline.ingest.proposal import SYNONYMS
from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, poi_xlsx

EXAMPLES = Path(__file__).parents[2] / "docs" / "mappings"
POSTS = """
platform = "weibo"
kind = "posts"
ignore = ["备注"]
[columns]
title = "微博内容"
published_at = "发布时间"
reads = "阅读数"
engagement = "转评赞数"
engagement_rate = "互动率"
[units]
reads = "page_count"
engagement_rate = "percent_points"
[formats]
published_at = "YYYY-MM-DD hh:mm"
"""
HEADER = cells("微博内容 | 发布时间 | 阅读数 | 转评赞数 | 互动率 | 备注")
POST = ["开卡有礼", "2026-11-02 09:30", "1.2万", "300", "2.5", "x"]


def example(name: str) -> str:
    return (EXAMPLES / f"{name}.mapping.toml").read_text(encoding="utf-8")


def test_a_mapped_table_lands_in_the_platform_s_dataset(workspace: Workspace) -> None:
    workspace.deliver("weibo-hq/mapping.toml", POSTS.encode())
    rows = [["微博数据"], HEADER, POST, [*POST[:1], "2026-11-03 10:00", "-", "0", "", ""]]
    report = workspace.land("weibo-hq/2026-11-09/导出.xlsx", poi_xlsx({"Sheet1": rows}))
    assert (report.outcome, report.warnings[:-1], report.refusals) == ("landed", [], [])
    columns = "account_id, title, published_at, reads, engagement, engagement_rate, likes, "
    columns += "exported_at, source_line"
    report_rows = workspace.rows("weibo_posts", columns)
    stamp = datetime(2026, 11, 9, 9, 2, 3)
    assert report_rows[0] == (
        *("weibo-hq", "开卡有礼", datetime(2026, 11, 2, 9, 30)),
        *(12000, 300, 0.025, None, stamp, 3),
    )


def test_a_cell_that_is_missing_is_null_and_one_that_does_not_fit_waits(
    workspace: Workspace,
) -> None:
    workspace.deliver("weibo-hq/mapping.toml", POSTS.encode())
    rows = [[f"第{i}条", *POST[1:]] for i in range(4)]
    rows.append(["第9条", "2026-11-02 09:30", "--", "约300", "", ""])
    rows.append(["第8条", "2026-11-02 09:30", "--", "", "", ""])
    report = workspace.land("weibo-hq/a.csv", csv_text([HEADER, *rows]))
    assert [(c.landed, c.refused) for c in report.datasets] == [(5, 1)]
    assert report.refusals[0].splitlines() == [
        "weibo_posts：weibo-hq/a.csv，第 6 行",
        "  「转评赞数」列的值「约300」应为计数（不是数字）",
        "  6 行中入库 5 行，本行在隔离区：改正导出后重新交付，",
        "  或在 weibo-hq/mapping.toml 声明这种写法后运行 funnel replay",
    ]
    entry = json.loads(next((workspace.home / "quarantine").glob("*.jsonl")).read_text())
    assert (entry["dataset"], entry["value"]) == ("weibo_posts", "约300")
    assert workspace.rows("weibo_posts", "reads, engagement")[-1] == (None, None)


def test_a_corrected_mapping_is_replayed(workspace: Workspace) -> None:
    mapping = workspace.deliver("weibo-hq/mapping.toml", POSTS.encode())
    rows = [[f"第{i}条", *POST[1:]] for i in range(4)]
    rows.append(["第9条", "2026-11-02", *POST[2:]])
    workspace.land("weibo-hq/a.csv", csv_text([HEADER, *rows]))
    assert len(workspace.rows("weibo_posts")) == 4
    wider = '["YYYY-MM-DD hh:mm", "YYYY-MM-DD"]'
    mapping.write_text(POSTS.replace('"YYYY-MM-DD hh:mm"', wider), encoding="utf-8")
    workspace.run(replay=True)
    assert len(workspace.rows("weibo_posts")) == 5
    assert list((workspace.home / "quarantine").glob("*.jsonl")) == []


def test_two_mappings_beside_each_other_serve_two_exports(workspace: Workspace) -> None:
    workspace.deliver("weibo-hq/posts.mapping.toml", example("weibo_posts").encode())
    workspace.deliver("weibo-hq/days.mapping.toml", example("weibo_account_daily").encode())
    header = cells(
        "日期 | 粉丝总数 | 粉丝净增数 | 新增粉丝数 | 减少粉丝数 | 阅读数 | 发博数 | 转评赞数"
    )
    workspace.deliver(
        "weibo-hq/2026-11-09/日.csv",
        csv_text([header, ["2026-11-02", "10.5万", "-2", "8", "10", "3,400", "2", "56"]]),
    )
    header = cells("发布时间 | 微博内容 | 阅读数 | 转评赞数 | 点击数 | URL")
    post = ["2026-11-02 09:30", "文", "10w+", "56", "7", "https://weibo.com/1/A"]
    workspace.deliver("weibo-hq/2026-11-09/文.csv", csv_text([header, post]))
    assert [file.outcome for file in workspace.run().files] == ["landed", "landed"]
    columns = "day, followers_total, followers_net, reads, engagement, likes"
    assert workspace.rows("weibo_account_daily", columns) == [
        (date(2026, 11, 2), 105000, -2, 3400, 56, None)
    ]
    assert workspace.rows("weibo_posts", "post_ref, reads, intents") == [
        ("https://weibo.com/1/A", 100000, 7)
    ]


@pytest.mark.parametrize("dataset", sorted(SHAPES))
def test_every_dataset_can_be_mapped_to(workspace: Workspace, dataset: str) -> None:
    platform, kind = SHAPES[dataset].platform, dataset.removeprefix(SHAPES[dataset].platform + "_")
    moment = "day" if kind == "account_daily" else "published_at"
    mapping = f'platform = "{platform}"\nkind = "{kind}"\n[columns]\n{moment} = "日"\n'
    mapping += 'reads = "量"\n' + ("" if moment == "day" else 'title = "题"\n')
    mapping += f'[formats]\n{moment} = "YYYY-MM-DD"\n'
    workspace.deliver("hq/Mapping.TOML", mapping.encode())
    data = csv_text([["日", "量", "题"], ["2026-11-02", "1,204", "文"]], encoding="gb18030")
    assert workspace.land("hq/a.csv", data).outcome == "landed"
    assert workspace.rows(dataset, f"account_id, cast({moment} as date), reads, likes") == [
        ("hq", date(2026, 11, 2), 1204, None)
    ]


def test_a_work_of_kuaishou_lands_by_its_example_and_a_row_of_totals_waits(
    workspace: Workspace,
) -> None:
    workspace.deliver("ks-hq/mapping.toml", example("kuaishou_posts").encode())
    header = cells("作品名称 | 发布时间 | 播放量 | 点赞量 | 分享量 | 评论量 | 收藏量 | 粉丝量")
    rows = [[f"第{i}条", "2026-11-02 09:30:00", *range(100, 106)] for i in range(4)]
    total = ["总计", "", *range(400, 406)]
    report = workspace.land("ks-hq/2026-11-09/a.xlsx", poi_xlsx({"作品": [header, *rows, total]}))
    assert [(c.landed, c.refused) for c in report.datasets] == [(4, 1)]
    columns = "title, reads, likes, shares, comments, saves, followers_gained, impressions"
    assert workspace.rows("kuaishou_posts", columns)[0] == ("第0条", *range(100, 106), None)


def test_a_mapping_counts_for_its_folder_and_below_and_for_no_other(workspace: Workspace) -> None:
    workspace.deliver("weibo-hq/mapping.toml", POSTS.encode())
    data = csv_text([HEADER, POST])
    assert workspace.land("weibo-nj/a.csv", data).outcome == "unknown"
    assert workspace.land("weibo-hq/x/2026-11-09/a.csv", data).outcome == "landed"


def test_a_declared_export_beside_a_mapping_is_still_recognised(workspace: Workspace) -> None:
    workspace.deliver("hq/mapping.toml", POSTS.encode())
    header = cells("account_id | counted_on | followers")
    data = csv_text([header, ["hq", "2026-11-08", "9"]])
    assert workspace.land("hq/followers.csv", data).datasets[0].dataset == "bank_follower_counts"


def test_a_table_that_lacks_a_mapped_column_is_refused_and_names_the_mapping(
    workspace: Workspace,
) -> None:
    workspace.deliver("weibo-hq/mapping.toml", POSTS.encode())
    reason = workspace.land("weibo-hq/a.csv", csv_text([HEADER[1:], POST[1:]])).reasons[0]
    assert "a header like that of weibo_posts in row 1 without 微博内容" in reason
    assert "declare the new form in weibo-hq/mapping.toml" in reason


def without(line: str) -> str:
    assert line in POSTS
    return POSTS.replace(line, "")


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("platform = ", "that cannot be read"),
        (POSTS.replace('"weibo"', '""'), "key platform: ''; expected a word"),
        (
            POSTS.replace('"weibo"', '"douyin"'),
            "key platform: 'douyin' with kind 'posts'; expected",
        ),
        (POSTS.replace('"weibo"', '"mini_program"'), "expected one of weibo_posts"),
        (without('kind = "posts"'), "key kind: nothing; expected a word"),
        ("units_ = 1\n" + POSTS, "key units_: not known; expected a key: one of platform, kind"),
        (POSTS.replace("reads = ", "read = "), "key columns.read: not known; expected a column"),
        (POSTS.replace('"阅读数"', "7"), "key columns.reads: 7; expected a header"),
        (POSTS.replace('"阅读数"', '"转评赞数"'), "转评赞数, which reads is already mapped to"),
        (without('published_at = "发布时间"'), "key columns.published_at: nothing"),
        (without('title = "微博内容"'), "a post without a name; expected post_ref or title"),
        (
            POSTS.replace('"page_count"', '"thousands"'),
            "key units.reads: 'thousands'; expected one",
        ),
        (POSTS.replace('"percent_points"', '"count"'), "expected one of fraction, ratio, percent"),
        (without('engagement_rate = "percent_points"'), "key units.engagement_rate: nothing"),
        (POSTS.replace('reads = "page', 'likes = "page'), "key units.likes: not known"),
        (without('published_at = "YYYY-MM-DD hh:mm"'), "key formats.published_at: nothing"),
        (POSTS.replace("YYYY-MM-DD hh", "%Y-%m-%d hh"), "key formats.published_at: '%Y"),
        (POSTS.replace("YYYY-MM-DD hh", "YYYY-MM-DD HH"), "of YYYY MM DD hh mm ss"),
        (POSTS.replace('["备注"]', '"备注"'), "key ignore: '备注'; expected a list of texts"),
    ],
)
def test_what_a_mapping_does_not_say_clearly_is_refused_by_key(
    workspace: Workspace, mapping: str, said: str
) -> None:
    workspace.deliver("weibo-hq/mapping.toml", mapping.encode())
    report = workspace.land("weibo-hq/a.csv", csv_text([HEADER, POST]))
    assert report.outcome == "refused"
    assert report.reasons[0].startswith("the mapping file weibo-hq/mapping.toml")
    assert said in report.reasons[0]
    assert workspace.rows("weibo_posts") == []


def test_a_day_without_any_metric_is_refused(workspace: Workspace) -> None:
    mapping = 'platform = "alipay"\nkind = "account_daily"\n[columns]\nday = "日期"\n'
    workspace.deliver("zfb/mapping.toml", mapping.encode())
    reason = workspace.land("zfb/a.csv", csv_text([["日期", "甲"], ["2026-11-02", "1"]])).reasons[0]
    assert "key columns: no metric; expected one of impressions" in reason


def test_every_example_is_a_mapping_and_marked_a_guess() -> None:
    examples = sorted(EXAMPLES.glob("*.toml"))
    assert len(examples) == 9
    for file in examples:
        assert "GUESS" in file.read_text(encoding="utf-8").splitlines()[0]
    mappings = mappings_for(EXAMPLES / "any file", EXAMPLES)
    assert {source.name for source in mappings.sources} == set(SHAPES)
    assert [feed.platform for feed in mappings.feeds] == ["growingio", "sensors"]


def test_a_mapped_source_lands_the_columns_its_dataset_declares() -> None:
    for source in mappings_for(EXAMPLES / "any file", EXAMPLES).sources:
        assert source.schema() == SHAPES[source.name].schema()
        assert source.key == SHAPES[source.name].key


def test_synonyms_stand_for_columns_and_each_for_one_of_a_kind() -> None:
    for kind in ("posts", "account_daily"):
        names = SHAPES[f"weibo_{kind}"].schema().names
        words = [w for name, text in SYNONYMS.items() if name in names for w in text.split()]
        assert len(words) == len(set(words)), kind
    assert SYNONYMS.keys() <= {n for shape in SHAPES.values() for n in shape.schema().names}


def test_a_proposal_lands_nothing_until_somebody_has_named_the_platform(
    workspace: Workspace,
) -> None:
    header = cells("日期 | 播放量 | 完播率 | 人均停留时长 | 净增粉丝量 | 神秘指标")
    data = csv_text([header, ["2026/11/02", "1.2万", "45.5%", "24秒", "-3", "7"]])
    path = workspace.deliver("ks-hq/2026-11-09/account.csv", data)
    seen = json.loads(json.dumps(ingest.inspect(path, workspace.settings).as_dict()))
    proposal = seen["mapping_proposal"]
    assert "fits no declared source" in seen["reasons"][0]
    assert proposal == (
        "# Proposed from the headers alone: read every line, then keep it as mapping.toml.\n"
        'platform = ""  # one of weibo, kuaishou, mini_program, alipay\n'
        'kind = "account_daily"  # GUESS\n'
        'ignore = ["神秘指标"]  # not landed: map what you need of it\n'
        "\n[columns]\n"
        'day = "日期"  # GUESS\n'
        'reads = "播放量"  # GUESS\n'
        'followers_net = "净增粉丝量"  # GUESS\n'
        'completion_rate = "完播率"  # GUESS\n'
        'avg_stay_seconds = "人均停留时长"  # GUESS\n'
        "\n[units]\n"
        'reads = "page_count"  # GUESS: rounded as a page shows it\n'
        'completion_rate = "percent_text"  # GUESS: written with %\n'
        'avg_stay_seconds = "seconds_text"  # GUESS\n'
        "\n[formats]\n"
        'day = "YYYY/MM/DD"  # GUESS'
    )
    mapping = workspace.deliver("ks-hq/mapping.toml", proposal.encode())
    assert workspace.run().files[0].outcome == "refused"
    mapping.write_text(proposal.replace('""', '"kuaishou"'), encoding="utf-8")
    assert workspace.run().files[0].outcome == "landed"
    columns = "day, reads, followers_net, completion_rate, avg_stay_seconds"
    assert workspace.rows("kuaishou_account_daily", columns) == [
        (date(2026, 11, 2), 12000, -3, 0.455, 24.0)
    ]


def test_a_proposal_for_posts_survives_headers_made_to_break_it(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    header = ["标题", "发布时间", "点赞数", 'a"b\\c\n[columns]']
    file.write_bytes(csv_text([header, ["文", "2026-11-02 09:30", "1", ""]]))
    proposal = ingest.inspect(file).mapping_proposal or ""
    (tmp_path / "mapping.toml").write_text(proposal.replace('""', '"alipay"'), encoding="utf-8")
    seen = ingest.inspect(file)
    assert [(d["name"], d["rows"]) for d in seen.datasets] == [("alipay_posts", 1)]
    assert re.search('kind = "posts"', proposal)


def test_a_table_without_a_day_or_metric_has_no_proposal(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(csv_text([["姓名", "电话"], ["甲", "1"]]))
    assert ingest.inspect(file).mapping_proposal is None
