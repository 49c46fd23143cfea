-- Conversions of a month as the exact Markov removal effect and the Shapley value credit them to
-- the channels of each dimension. The query gives paths, and what the fields of a step are; the
-- measure gives the channels of each field.
-- grain: month, kind, dimension, channel
-- per: month
-- measure: path_credits

select
    paths.month,                             -- first day, Asia/Shanghai
    paths.kind,                              -- new_customer, card_application, wealth_subscription
    'platform/tier/entry/form/theme/account' as dimension,
    paths.path as channel,                   -- one of the path's
    paths.conversions,                       -- of paths it is on
    paths.nulls,                             -- walks over it that led to none
    cast(1 as bigint) as paths,              -- to a conversion, that it is on
    cast(null as double) as removal_effect,  -- share of conversions lost without it
    cast(null as double) as markov,          -- conversions in proportion to that
    cast(null as double) as shapley,         -- of each set of channels in equal parts
    parameters.attribution_markov_order as markov_order,
    parameters.attribution_path_transform as path_transform
from core.attribution_paths as paths
cross join settings.parameters
