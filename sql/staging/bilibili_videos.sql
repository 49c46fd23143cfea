-- Videos of Bilibili accounts: lifetime totals at the moment of each export.
-- grain: account_id, exported_at, published_at, title
-- per: month

select
    account_id,
    title,
    published_at,
    plays,
    guest_play_share,
    follower_view_rate,
    cover_click_stars,
    follower_click_stars,
    guest_click_stars,
    three_second_exit_rate,
    follower_three_second_exit_rate,
    guest_three_second_exit_rate,
    interaction_rate,
    follower_interaction_rate,
    guest_interaction_rate,
    followers_gained,
    play_follow_rate,
    followers_lost,
    likes,
    like_rate,
    comments,
    comment_rate,
    bullet_comments,
    bullet_comment_rate,
    saves,
    save_rate,
    coins,
    coin_rate,
    shares,
    share_rate,
    avg_progress,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bilibili_videos
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, published_at, title
    order by exported_at desc, delivery_id desc, source_line
) = 1
