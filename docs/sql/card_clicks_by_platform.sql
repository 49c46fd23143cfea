-- 流量怎样变成卡种点击：各平台的阅读、点击、点击客户与申请，近四个已成熟的周
-- How traffic becomes card clicks and applications, by platform, over four mature weeks.
select
    platform,
    sum(reads) as reads,
    sum(clicks) as clicks,
    round(1000.0 * sum(clicks) / nullif(sum(reads), 0), 2) as clicks_per_1000_reads,
    sum(clickers) as clickers,
    sum(applicants) as applicants
from published.card_clicks
where
    level = 'account'
    and mature
    and week_starts > (
        select max(weeks.week_starts) - 28
        from published.card_clicks as weeks
        where weeks.mature
    )
group by platform
order by clicks desc, platform
