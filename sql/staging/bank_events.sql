-- Conversion events of anonymous visitors and of customers who consented. An event delivered again
-- restates it: the latest delivery counts, and of one delivery the status furthest on.
-- grain: event_id
-- per: day
-- moves: event_id
-- consent: customer_token

with latest as (
    select *
    from lake.bank_events
    cross join settings.run
    where occurred_at + interval 8 hours < run.as_of
    qualify row_number() over (
        partition by event_id
        order by
            exported_at desc,
            case cooling_off when 'withdrawn' then 1 when 'confirmed' then 2 else 3 end,
            delivery_id desc,
            source_line
    ) = 1
)

select
    event_id,
    occurred_at,                                            -- UTC
    -- Asia/Shanghai, which keeps no summer time
    cast(occurred_at + interval 8 hours as date) as day,
    customer_token,                                         -- null: an anonymous visitor
    event_type,
    source_code,
    product_line,
    amount,
    coalesce(currency, 'CNY') as currency,
    cooling_off,
    region,                                                 -- as the bank names it
    scene,                                                  -- likewise
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from latest
