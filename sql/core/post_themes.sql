-- What each post is about and how it sells: as the bank labelled it, by the post or by one of its
-- titles in a content calendar, else as the classifier makes of its title.
-- grain: post_id

with titles as (
    select distinct
        post_id,
        account_id,
        title
    from core.post_snapshots
    where title <> ''
),

planned as (
    select
        titles.post_id,
        calendar.theme,
        calendar.selling_form
    from titles
    inner join staging.bank_content_calendar as calendar
        on titles.account_id = calendar.account_id and titles.title = calendar.title
    qualify row_number() over (
        partition by titles.post_id
        order by calendar.exported_at desc, calendar.title
    ) = 1
),

labelled as (
    select
        made.post_id,
        made.account_id,
        made.published_on,
        made.title,
        coalesce(own.theme, planned.theme) as theme,
        coalesce(own.selling_form, planned.selling_form) as selling_form,
        made.theme as made_theme,
        made.selling_form as made_form,
        made.confidence
    from core.title_labels as made
    left join staging.bank_post_labels as own using (post_id)
    left join planned using (post_id)
)

select
    post_id,
    account_id,
    published_on,
    title,
    coalesce(theme, made_theme) as theme,               -- null: no title, and nobody labelled it
    coalesce(selling_form, made_form) as selling_form,  -- likewise
    case when theme is null then confidence end as confidence,  -- of the classifier's theme
    case
        when theme is not null then 'bank'
        when made_theme is not null then 'rule'
    end as theme_source,                                -- bank or rule
    case
        when selling_form is not null then 'bank'
        when made_form is not null then 'rule'
    end as form_source                                  -- bank or rule
from labelled
