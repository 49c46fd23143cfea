"""Source codes: which account, post and product line a link, QR code or menu entry stands for."""

from dataclasses import dataclass

from pipeline.sample.accounts import Account
from pipeline.sample.platforms.posts import Post

STANDING = {
    "xiaohongshu": (("home", "home_page"),),
    "wechat_official": (("home", "home_page"), ("menu", "menu")),
    "wechat_channels": (("home", "home_page"), ("live", "live")),
    "douyin": (("home", "home_page"), ("live", "live")),
    "weibo": (("home", "home_page"),),
    "kuaishou": (("home", "home_page"), ("live", "live")),
    "bilibili": (("home", "home_page"),),
    "zhihu": (("home", "home_page"),),
    "toutiao": (("home", "home_page"), ("menu", "menu")),
    "baijiahao": (("home", "home_page"),),
    "wecom": (("home", "home_page"),),
    "mini_program": (("home", "home_page"), ("menu", "menu")),
    "alipay": (("home", "home_page"), ("menu", "menu")),
    "bank_app": (("home", "home_page"), ("push", "push")),
    "branch_queue": (("ticket", "ticket"),),
}
UNIT_PRODUCTS = {"cards": ("card", "无界数字卡"), "wealth": ("wealth", "江屿朝朝盈")}


@dataclass(frozen=True)
class Link:
    """One row of the bank's link register."""

    source_code: str
    account_id: str
    post: Post | None
    product_line: str
    product: str | None
    entry: str


def links(account: Account, account_posts: list[Post]) -> list[Link]:
    """Return the account's standing codes, then one for each coded post."""
    line, product = UNIT_PRODUCTS.get(account.unit_id, ("account", None))
    found = [
        Link(f"{account.account_id}-{word}", account.account_id, None, line, product, entry)
        for word, entry in STANDING[account.platform]
    ]
    for post in account_posts:
        if post.has_code:
            code = f"{account.account_id}-p{post.number + 1:03d}"
            about = post.subject
            found.append(
                Link(code, account.account_id, post, about.product_line, about.product, "post")
            )
    return found
