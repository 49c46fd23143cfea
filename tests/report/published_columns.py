"""The columns of the published tables, as the page may rely on them."""

PATH = (
    "level varchar, tier varchar, unit_id varchar, unit_name varchar, "
    "platform varchar, account_id varchar, account_name varchar"
)
WEEK = "week varchar, week_starts date"
WILSON = "rate_low double, rate_high double, mature boolean"

COLUMNS = {
    "run": "as_of date, report_week varchar, week_starts date, publish_id varchar, "
    "bank_name varchar",
    "parameters": "name varchar, value varchar, meaning_zh varchar, meaning_en varchar",
    "weekly_funnel": f"{WEEK}, {PATH}, stage varchar, stage_order integer, total bigint, "
    "persons bigint, accounts_reporting integer, accounts integer, estimated boolean, "
    "complete boolean, "
    "mature boolean, bridge double, suppressed varchar",
    "weekly_steps": f"{WEEK}, {PATH}, stage varchar, stage_order integer, previous_stage varchar, "
    f"value bigint, last_week_value bigint, change double, n bigint, step_rate double, "
    f"lost_rate double, {WILSON}",
    "platform_funnel": f"{WEEK}, level varchar, tier varchar, platform varchar, stage varchar, "
    "stage_order integer, total bigint, persons bigint, accounts_reporting bigint, "
    "accounts bigint, estimated boolean, complete boolean, mature boolean, suppressed varchar",
    "platform_steps": f"{WEEK}, level varchar, tier varchar, platform varchar, stage varchar, "
    "stage_order integer, previous_stage varchar, value bigint, last_week_value bigint, "
    f"change double, n bigint, step_rate double, lost_rate double, {WILSON}",
    "key_figures": f"{PATH}, metric varchar, kind varchar, period varchar, starts_on date, "
    "value double, previous_value double, change double, usual_value double, usual_weeks bigint, "
    "against_usual double, mature boolean, complete boolean, suppressed varchar",
    "expected_ranges": f"{PATH}, period varchar, starts_on date, metric varchar, kind varchar, "
    "distance double",
    "tier_overlap": f"{WEEK}, stage varchar, stage_order integer, persons bigint, "
    "sum_of_tiers bigint, overlap bigint, suppressed varchar",
    "follower_weeks": f"{WEEK}, {PATH}, followers bigint, gained bigint, lost bigint, net bigint, "
    "accounts_reporting integer, accounts integer",
    "monthly_active": f"month date, complete boolean, {PATH}, followers bigint, mau bigint, "
    "stable_mau bigint, new_customers bigint, followers_gained bigint, "
    "aum_yuan decimal(18, 2), aum_per_mau decimal(18, 2), mau_per_follower double, "
    "rate_low double, rate_high double, new_per_1000_gained double, suppressed varchar",
    "mau_to_aum": f"month date, days integer, {PATH}, newly_active bigint, reached bigint, "
    f"reached_rate double, {WILSON}, suppressed varchar",
    "funnel_steps": f"funnel varchar, funnel_name varchar, period varchar, starts_on date, {PATH}, "
    "step integer, event varchar, persons bigint, step_rate double, step_low double, "
    "step_high double, total_rate double, total_low double, total_high double, "
    "median_seconds bigint, p90_seconds bigint, previous_persons bigint, previous_rate double, "
    "mature boolean, suppressed varchar",
    "card_clicks": f"{WEEK}, {PATH}, clicks bigint, clickers bigint, applicants bigint, "
    f"applicant_rate double, {WILSON}, reads bigint, clicks_per_1000_reads double, "
    "suppressed varchar",
    "card_products": f"{WEEK}, product varchar, {PATH}, clicks bigint, clickers bigint, "
    "suppressed varchar",
    "subscriptions": f"{WEEK}, {PATH}, wealth_clicks bigint, clickers bigint, "
    f"subscribed_clickers bigint, subscribed_rate double, {WILSON}, customers bigint, "
    "orders bigint, amount_yuan decimal(18, 2), pending_orders bigint, "
    "withdrawn_orders bigint, suppressed varchar",
    "alerts": f"{PATH}, period varchar, starts_on date, metric varchar, kind varchar, "
    "severity integer, direction varchar, value double, expected double, expected_low double, "
    "expected_high double, periods integer, previous_stage varchar, security_comments bigint",
    "forecasts": f"metric varchar, {PATH}, starts_on date, value double, "
    "low double, high double, method varchar, error double, trials bigint, last_value double",
    "content_posts": "post_id varchar, account_id varchar, account_name varchar, tier varchar, "
    "platform varchar, title varchar, form varchar, published_on date, exported_at timestamp, "
    "impressions bigint, reads bigint, engagement bigint, engagement_rate double, "
    "followers_gained bigint, clicks bigint, reads_last_week bigint, source_file varchar, "
    "source_sheet varchar, source_line integer",
    "data_freshness": "dataset varchar, account_id varchar, account_name varchar, tier varchar, "
    "platform varchar, last_day date, exported_at timestamp, days_behind integer, "
    "status varchar, files integer, delivered bigint, landed bigint, repeated bigint, "
    "refused bigint, erased bigint",
    "waiting_files": "source_file varchar, kind varchar, reason varchar, reason_en varchar, "
    "delivered bigint",
    "ambiguous_posts": "account_id varchar, account_name varchar, platform varchar, "
    "published_at timestamp, form varchar, title varchar, post_id varchar, why varchar, "
    "ambiguous_since timestamp, first_seen_at timestamp, last_seen_at timestamp, exports bigint, "
    "source_file varchar, source_sheet varchar, source_line integer",
    "consent_coverage": "customers bigint, consented bigint, coverage double, suppressed varchar",
    "consent_reasons": "reason varchar, customers bigint, suppressed varchar",
    "weekly_evidence": f"{WEEK}, account_id varchar, stage varchar, day date, amount double, "
    "estimated boolean, source_file varchar, source_sheet varchar, source_line integer",
    "definitions": "metric varchar, version integer, valid_from date, name_zh varchar, "
    "name_en varchar, meaning_zh varchar, meaning_en varchar, unit varchar, base varchar, "
    "table_name varchar, column_name varchar",
}
