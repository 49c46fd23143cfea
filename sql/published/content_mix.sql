-- Posts of each month of publication by theme and by form of selling, at every level: how many,
-- what share, and what they have won so far. Posts without a title have neither and are left out.
-- A rate is taken over the posts of which both its numbers are exported.
-- grain: month, tier, unit_id, account_id, dimension, category

with dimensions as (
    select 'theme' as dimension
    union all
    select 'selling_form' as dimension
),

posts as (
    select
        calendar.month,
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.unit_name,
        levels.platform,
        levels.path_account_id as account_id,
        levels.account_name,
        dimensions.dimension,
        case
            when dimensions.dimension = 'theme' then posts.theme else posts.selling_form
        end as category,
        posts.reads,
        posts.engagement,
        posts.followers_gained,
        posts.clicks
    from published.content_posts as posts
    inner join settings.calendar on posts.published_on = calendar.day
    inner join core.account_levels as levels
        on posts.account_id = levels.account_id and posts.published_on = levels.day
    cross join dimensions
    where posts.theme is not null
),

counts as (
    select
        month,
        level,
        tier,
        unit_id,
        max(unit_name) as unit_name,
        max(platform) as platform,
        account_id,
        max(account_name) as account_name,
        dimension,
        category,
        count(*) as posts,
        sum(reads) as reads,
        sum(engagement) as engagement,
        sum(followers_gained) as followers_gained,
        sum(clicks) as clicks,
        sum(case when engagement is not null then reads end) as engagement_base,
        sum(case when reads is not null then engagement end) as engaged,
        sum(case when followers_gained is not null then reads end) as follow_base,
        sum(case when reads is not null then followers_gained end) as followed,
        sum(case when clicks is not null then reads end) as click_base,
        sum(case when reads is not null then clicks end) as clicked
    from posts
    group by month, level, tier, unit_id, account_id, dimension, category
)

select
    month,                                           -- of publication; its first day
    month + interval 1 month <= run.as_of as complete,  -- the month ended before the run
    level,                                           -- bank, tier, unit or account
    tier,                                            -- on the day of publication; null: the bank
    unit_id,                                         -- business line or branch
    unit_name,                                       -- its name
    platform,                                        -- of the account
    account_id,                                      -- as in the register
    account_name,                                    -- as in the register
    dimension,                                       -- theme or selling_form
    category,                                        -- a theme, or a form of selling
    posts,                                           -- of the category, with a title
    cast(posts as double)
    / sum(posts) over (partition by month, tier, unit_id, account_id, dimension)
        as share,                                    -- of the posts of the month and level
    cast(reads as bigint) as reads,                  -- so far, as each platform counts
    cast(engagement as bigint) as engagement,        -- so far
    cast(engaged as double) / nullif(engagement_base, 0) as engagement_rate,  -- of reads
    cast(followers_gained as bigint) as followers_gained,  -- so far; null: not exported
    cast(followed as double) / nullif(follow_base, 0) as follow_rate,  -- of reads
    cast(clicks as bigint) as clicks,                -- coded; null: no links of their own
    cast(clicked as double) / nullif(click_base, 0) as click_rate  -- of reads
from counts
cross join settings.run
