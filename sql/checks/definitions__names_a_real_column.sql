-- Every definition names a published table and a column of it.
select
    definitions.metric,
    definitions.table_name,
    definitions.column_name
from published.definitions
left join information_schema.columns as columns
    on
        columns.table_schema = 'published'
        and definitions.table_name = columns.table_name
        and definitions.column_name = columns.column_name
where columns.column_name is null
