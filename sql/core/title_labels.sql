-- What the classifier makes of each post, by its latest title: exports hold no text of a post.
-- The query gives the titles; the measure reads them as the reviewer does (docs/METRICS.md).
-- grain: post_id
-- measure: post_labels

select
    post_id,
    account_id,
    published_on,
    title,
    cast(null as varchar) as theme,         -- null: the post has no title
    cast(null as varchar) as selling_form,  -- likewise
    cast(null as double) as confidence      -- of the theme, 0 to 1
from core.post_snapshots
qualify row_number() over (partition by post_id order by exported_at desc) = 1
