-- What each channel cost and brought in each of the latest weeks whose spend was delivered and that
-- the bank's event feed reaches. A channel is a platform; a week in which others were paid and it
-- was not cost nothing. Giveaways are left out: they come once, and buy something else.
-- grain: channel, week_starts

with spend as (
    select
        days.platform as channel,
        calendar.week_starts,
        sum(spend.amount_yuan) as spend_yuan
    from staging.bank_spend as spend
    inner join settings.calendar on spend.spent_on = calendar.day
    inner join core.account_days as days
        on spend.account_id = days.account_id and spend.spent_on = days.day
    where spend.purpose in ('ads', 'content', 'creator')
    group by all
),

won as (
    select
        days.platform as channel,
        calendar.week_starts,
        count(*) as customers
    from core.new_customers as became
    inner join settings.calendar using (day)
    inner join core.account_days as days
        on became.account_id = days.account_id and became.day = days.day
    group by all
),

weeks as (
    select distinct spend.week_starts
    from spend
    cross join settings.run
    cross join settings.parameters
    left join core.feed_gaps as gaps on spend.week_starts = gaps.week_starts
    where
        gaps.week_starts is null
        and spend.week_starts + 7 <= run.as_of
        and spend.week_starts + 7 * parameters.mix_weeks >= run.as_of
),

channels as (
    select distinct channel
    from spend
    where channel is not null
)

select
    channels.channel,
    weeks.week_starts,  -- Monday
    cast(greatest(0, coalesce(spend.spend_yuan, 0)) as decimal(18, 2)) as spend_yuan,
    cast(coalesce(won.customers, 0) as bigint) as customers  -- new ones, attributed to the channel
from channels
cross join weeks
left join spend using (channel, week_starts)
left join won using (channel, week_starts)
