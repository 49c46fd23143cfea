-- At which hours and on which days posts are read more: by weekday, by three hours of the day, and
-- by both, for the bank, each platform and each account. A post is measured against the other
-- posts of its account, by ln(1 + reads), so that a large account weighs no more than a small one:
-- an effect of 0.2 is a fifth more reads than the account's own average (the geometric mean).
-- Posts old enough, with a known hour, of accounts with enough of them. Of many cells some stand
-- out by chance alone: fewer than one in twenty.
-- grain: level, platform, account_id, weekday, hour_from

with posts as (
    select
        posts.account_id,
        posts.account_name,
        posts.platform,
        date_diff('day', calendar.week_starts, calendar.day) + 1 as weekday,
        (epoch_us(posts.posted_at) // 10800000000) % 8 * 3 as hour_from,
        ln(1 + greatest(posts.reads, 0)) as size
    from published.content_posts as posts
    cross join settings.parameters
    inner join settings.calendar on posts.published_on = calendar.day
    where
        posts.posted_at is not null
        and posts.reads is not null
        and date_diff('day', posts.published_on, cast(posts.exported_at as date))
        >= parameters.posting_least_days
),

averages as (
    select
        posts.account_id,
        sum(posts.size) / count(*) as size
    from posts
    cross join settings.parameters
    group by posts.account_id, parameters.posting_least
    having count(*) >= parameters.posting_least
),

levels as (
    select 'bank' as level
    union all
    select 'platform' as level
    union all
    select 'account' as level
),

slices as (
    select
        true as by_weekday,
        false as by_hour
    union all
    select
        false as by_weekday,
        true as by_hour
    union all
    select
        true as by_weekday,
        true as by_hour
),

measured as (
    select
        levels.level,
        case when levels.level <> 'bank' then posts.platform end as platform,
        case when levels.level = 'account' then posts.account_id end as account_id,
        case when levels.level = 'account' then posts.account_name end as account_name,
        case when slices.by_weekday then posts.weekday end as weekday,
        case when slices.by_hour then posts.hour_from end as hour_from,
        posts.size - averages.size as effect
    from posts
    inner join averages using (account_id)
    cross join levels
    cross join slices
),

cells as (
    select
        level,
        platform,
        account_id,
        max(account_name) as account_name,
        weekday,
        hour_from,
        count(*) as posts,
        sum(effect) / count(*) as effect,
        sum(effect * effect) as squares
    from measured
    group by level, platform, account_id, weekday, hour_from
),

-- Student's t at 97.5 %, by its series in 1 / degrees of freedom (Abramowitz, Stegun 26.7.5).
spread as (
    select
        cells.*,
        cells.posts < parameters.posting_least as small,
        case
            when cells.posts >= parameters.posting_least
                then (
                    1.959963985
                    + 2.372271230 / (cells.posts - 1)
                    + 2.822498616 / pow(cells.posts - 1, 2)
                    + 2.555849680 / pow(cells.posts - 1, 3)
                    + 1.589534053 / pow(cells.posts - 1, 4)
                )
                * sqrt(
                    greatest(0.0, cells.squares - cells.posts * cells.effect * cells.effect)
                    / (cells.posts - 1) / cells.posts
                )
        end as half_width
    from cells
    cross join settings.parameters
)

select
    level,                                         -- bank, platform or account
    platform,                                      -- null: all
    account_id,                                    -- as in the register; null: all
    account_name,                                  -- as in the register
    cast(weekday as integer) as weekday,           -- 1 Monday to 7 Sunday; null: all
    cast(hour_from as integer) as hour_from,       -- three hours from 0, 3, … 21; null: all day
    posts,                                         -- n
    exp(effect) - 1 as effect,                     -- share of reads above the account's own average
    exp(effect - half_width) - 1 as effect_low,    -- 95 %, Student's t; null: too few posts
    exp(effect + half_width) - 1 as effect_high,   -- likewise
    small                                          -- too few posts to go by: to be greyed
from spread
