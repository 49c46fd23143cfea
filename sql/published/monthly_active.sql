-- Followers to monthly active customers, per month and level. Ratios are computed from what is
-- published, so nothing withheld comes back.
-- grain: month, tier, unit_id, account_id

with followers as (
    select
        frame.account_id,
        frame.month,
        counts.followers
    from core.level_months as frame
    inner join core.follower_counts as counts
        on
            frame.account_id = counts.account_id
            and counts.day < frame.month + interval 1 month
            and counts.day >= frame.month
    where frame.level = 'account'
    qualify row_number() over (
        partition by frame.account_id, frame.month
        order by counts.day desc
    ) = 1
),

moves as (
    select
        moves.account_id,
        calendar.month,
        -- Whole, so that levels are the sums of their accounts; days are rounded to a millionth.
        round(round(sum(moves.gained), 3)) as gained
    from core.follower_moves as moves
    inner join settings.calendar using (day)
    group by all
),

levels as (
    select
        frame.month,
        frame.tier,
        frame.unit_id,
        frame.path_account_id as account_id,
        cast(sum(followers.followers) as bigint) as followers,
        cast(sum(moves.gained) as bigint) as followers_gained
    from core.level_months as frame
    left join followers using (account_id, month)
    left join moves using (account_id, month)
    group by all
),

nobodys as (
    select
        month,
        mau,
        new_customers
    from published.monthly_persons
    where tier = 'unattributed'
),

attributed as (
    select
        persons.*,
        case when persons.level = 'bank' then persons.mau - nobodys.mau else persons.mau end
            as attributed_mau,
        case
            when persons.level = 'bank' then persons.new_customers - nobodys.new_customers
            else persons.new_customers
        end as attributed_new
    from published.monthly_persons as persons
    left join nobodys using (month)
    where persons.level <> 'platform'  -- see platform_months
),

rated as (
    select
        persons.*,
        levels.followers,
        levels.followers_gained,
        case
            when coalesce(persons.tier, '') <> 'unattributed'
                then cast(persons.attributed_mau as double) / nullif(levels.followers, 0)
        end as mau_per_follower
    from attributed as persons
    left join levels
        on
            persons.month = levels.month
            and persons.tier is not distinct from levels.tier
            and persons.unit_id is not distinct from levels.unit_id
            and persons.account_id is not distinct from levels.account_id
)

select
    persons.month,                  -- its first day, Asia/Shanghai
    persons.complete,               -- the month ended before the run
    persons.level,                  -- bank, tier, unit or account: how far the path is filled
    persons.tier,                   -- head_office, line, branch, unattributed, unregistered
    persons.unit_id,                -- business line or branch
    persons.unit_name,              -- its name
    case when persons.level = 'account' then persons.platform end as platform,  -- of the account
    persons.account_id,             -- as in the register
    persons.account_name,           -- as in the register
    persons.followers,              -- at the end of the month; null: nobody counted
    persons.mau,                    -- bank: all customers with a login; below: attributed ones
    persons.stable_mau,             -- active in this and the months before it
    persons.new_customers,          -- customers for the first time ever, attributed likewise
    persons.followers_gained,       -- followers won in the month
    persons.aum_yuan,               -- sum of the MAU's month-average AUM, yuan
    -- yuan
    cast(
        round(persons.aum_yuan * 100 / nullif(persons.mau, 0)) / 100 as decimal(18, 2)
    ) as aum_per_mau,
    persons.mau_per_follower,       -- attributed MAU / followers
    -- Wilson 95 %
    wilson_low(
        case when persons.mau_per_follower > 1 then 1 else persons.mau_per_follower end,
        persons.followers
    ) as rate_low,
    -- Wilson 95 %
    wilson_high(
        case when persons.mau_per_follower > 1 then 1 else persons.mau_per_follower end,
        persons.followers
    ) as rate_high,
    case
        when coalesce(persons.tier, '') <> 'unattributed'
            then 1000.0 * persons.attributed_new / nullif(persons.followers_gained, 0)
    end as new_per_1000_gained,     -- attributed new customers per 1,000 followers won
    persons.suppressed              -- columns withheld: too few persons
from rated as persons
