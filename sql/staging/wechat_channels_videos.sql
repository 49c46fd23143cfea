-- Videos of WeChat Channels accounts: totals at the moment of each export.
-- grain: account_id, exported_at, video_id
-- per: month

select
    account_id,
    video_id,
    description,
    published_on,
    completion_rate,
    avg_watch_seconds,
    plays,
    recommends,
    likes,
    comments,
    shares,
    follows,
    forwards,
    ringtones,
    statuses,
    covers,
    wecom_link_clicks,
    wecom_link_clickers,
    contact_adds,
    contact_adders,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.wechat_channels_videos
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, video_id
    order by exported_at desc, delivery_id desc, source_line
) = 1
