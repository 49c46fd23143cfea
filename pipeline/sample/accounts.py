"""The accounts of the fictional bank 江屿银行: every channel by name, and further branches."""

from dataclasses import dataclass, replace

from pipeline.sample.arrays import stream
from pipeline.sample.story import Traits

BANK = "江屿银行"
FURTHER_PLATFORMS = {"xhs": "xiaohongshu", "mp": "wechat_official", "video": "wechat_channels"}
PLATFORM_NAMES = FURTHER_PLATFORMS | {
    "douyin": "douyin",
    "weibo": "weibo",
    "kuaishou": "kuaishou",
    "bilibili": "bilibili",
    "zhihu": "zhihu",
    "toutiao": "toutiao",
    "baijiahao": "baijiahao",
    "wecom": "wecom",
    "mini": "mini_program",
    "alipay": "alipay",
    "app": "bank_app",
    "queue": "branch_queue",
}
MOVED_ACCOUNT = "wealth-video"  # opened by head office, handed to the wealth line in the programme
MOVED_AFTER_WEEKS = 4


@dataclass(frozen=True)
class Account:
    """One account on one platform; its id is unit and platform."""

    account_id: str
    platform: str
    tier: str
    unit_id: str
    unit_name: str
    name: str
    traits: Traits
    number: int = 0  # place in the list, spreads the moments of export

    @property
    def folder(self) -> str:
        """Folder of its exports below the inbox."""
        return SHARED_FOLDERS.get(self.account_id, self.account_id)


# An account whose operators keep their own folder name; the register says where its files lie.
SHARED_FOLDERS = {"branch-yunhu-video": "云湖分行"}

BRANCHES = {"linjiang": "临江", "haitang": "海棠", "qingyu": "青屿", "yunhu": "云湖"}
FURTHER = {"bei": "北", "nan": "南", "dong": "东", "xi": "西", "shang": "上", "xia": "下"}
PLACES = {
    "lan": "岚",
    "mei": "梅",
    "song": "松",
    "he": "鹤",
    "qiao": "桥",
    "zhou": "洲",
    "pu": "浦",
}

# fmt: off
HEAD, CARDS, WEALTH = ("head_office", "hq", "总行"), ("line", "cards", "信用卡部"), (
    "line", "wealth", "财富管理部")
NAMED: tuple[tuple[tuple[str, str, str] | str, str, str, Traits], ...] = (
    # followers, posts, reads, clicks, arrivals, becomes, reaches, subscribes, deposit
    (HEAD, "xhs", "江屿银行", Traits(9_600, 3, 1_500, .018, 42, .62, .66, .54, 9_000)),
    (WEALTH, "mp", "江屿财富", Traits(3_900, 2, 420, .055, 34, .74, .84, .72, 45_000)),
    ("linjiang", "xhs", "江屿银行临江分行", Traits(3_100, 2, 560, .050, 20, .62, .66, .52, 8_000)),
    (CARDS, "video", "江屿信用卡", Traits(6_100, 2, 1_500, .022, 18, .64, .60, .40, 4_000)),
    (HEAD, "mp", "江屿银行", Traits(48_000, 2, 4_200, .012, 36, .64, .70, .56, 12_000)),
    (HEAD, "video", "江屿银行", Traits(15_000, 2, 2_600, .010, 22, .62, .64, .52, 8_000)),
    (CARDS, "xhs", "江屿信用卡", Traits(7_400, 3, 1_300, .030, 36, .66, .60, .40, 4_000)),
    (WEALTH, "video", "江屿财富视频号", Traits(2_800, 2, 600, .022, 15, .68, .76, .62, 25_000)),
    ("haitang", "xhs", "江屿银行海棠分行", Traits(2_400, 2, 480, .050, 16, .64, .66, .52, 7_000)),
    ("linjiang", "mp", "江屿银行临江分行", Traits(5_200, 1, 620, .050, 16, .64, .68, .52, 9_000)),
    ("qingyu", "mp", "江屿银行青屿分行", Traits(4_300, 1, 520, .050, 15, .64, .68, .54, 9_000)),
    ("yunhu", "video", "江屿银行云湖分行", Traits(1_900, 2, 380, .050, 13, .62, .64, .52, 7_000)),
    (HEAD, "douyin", "江屿银行", Traits(22_000, 2, 2_900, .008, 14, .60, .62, .48, 6_000)),
    (CARDS, "weibo", "江屿信用卡", Traits(12_000, 2, 1_100, .012, 8, .62, .60, .40, 4_000)),
    ("haitang", "kuaishou", "海棠江屿人", Traits(2_600, 1.5, 620, .024, 7, .60, .62, .46, 5_000)),
    (CARDS, "bilibili", "江屿卡研所", Traits(5_300, 1, 1_400, .014, 8, .62, .58, .38, 3_000)),
    (WEALTH, "zhihu", "江屿财富", Traits(2_200, 1.5, 460, .034, 9, .68, .76, .62, 24_000)),
    (WEALTH, "toutiao", "江屿财富", Traits(3_400, 2, 700, .018, 8, .64, .70, .56, 16_000)),
    (HEAD, "baijiahao", "江屿银行", Traits(4_100, 1.5, 520, .016, 5, .62, .64, .50, 8_000)),
    # Without posts: reads are those of a week.
    ("qingyu", "wecom", "青屿分行客户经理", Traits(3_800, 0, 420, .070, 12, .66, .74, .60, 15_000)),
    (CARDS, "mini", "江屿卡小程序", Traits(26_000, 0, 5_200, .010, 14, .66, .62, .42, 4_000)),
    ("haitang", "alipay", "江屿银行海棠分行", Traits(2_900, 1, 430, .026, 7, .62, .62, .48, 5_000)),
    (HEAD, "app", "江屿手机银行", Traits(0, 0, 4_600, .014, 20, .64, .72, .60, 16_000)),
    ("yunhu", "queue", "云湖分行营业部取号机", Traits(0, 0, 610, .080, 12, .60, .66, .54, 9_000)),
)
# fmt: on
ORDINARY_BRANCH = Traits(2_000, 1.5, 450, 0.05, 13, 0.63, 0.66, 0.52, 7_500)


def accounts(count: int, seed: int) -> list[Account]:
    """Return `count` accounts: the named ones first, then further branches."""
    found = [_named(unit, suffix, name, traits) for unit, suffix, name, traits in NAMED]
    found += _further(max(0, count - len(found)), seed)
    return [replace(account, number=number) for number, account in enumerate(found[:count])]


def _named(unit: tuple[str, str, str] | str, suffix: str, name: str, traits: Traits) -> Account:
    tier, unit_id, unit_name = (
        ("branch", f"branch-{unit}", f"{BRANCHES[unit]}分行") if isinstance(unit, str) else unit
    )
    platform = PLATFORM_NAMES[suffix]
    return Account(f"{unit_id}-{suffix}", platform, tier, unit_id, unit_name, name, traits)


def _further(count: int, seed: int) -> list[Account]:
    towns = {f"{a}{b}": f"{x}{y}" for a, x in FURTHER.items() for b, y in PLACES.items()}
    found: list[Account] = []
    for town, chinese in towns.items():
        for suffix, platform in FURTHER_PLATFORMS.items():
            if len(found) == count:
                return found
            unit_id = f"branch-{town}"
            chance = stream(seed, "traits", unit_id, suffix)
            traits = replace(
                ORDINARY_BRANCH,
                followers=int(ORDINARY_BRANCH.followers * chance.lognormal(0, 0.5)),
                reads=int(ORDINARY_BRANCH.reads * chance.lognormal(0, 0.3)),
                arrivals=ORDINARY_BRANCH.arrivals * float(chance.lognormal(0, 0.2)),
            )
            name = f"{BANK}{chinese}分行"
            account_id = f"{unit_id}-{suffix}"
            found.append(
                Account(account_id, platform, "branch", unit_id, f"{chinese}分行", name, traits)
            )
    return found
