"""The Chinese names of labels, as people write them in files."""

THEME_NAMES = {
    "product_promo": "产品宣传",
    "knowledge": "知识科普",
    "welfare": "福利抽奖",
    "lifestyle": "生活场景",
    "ip": "IP",
    "hot_event": "热点赛事",
    "culture_travel": "文旅",
    "other": "其他",
}
FORM_NAMES = {
    "live_commerce": "直播带货",
    "activity_benefit": "活动福利",
    "product_placement": "产品植入",
    "none": "无",
}
