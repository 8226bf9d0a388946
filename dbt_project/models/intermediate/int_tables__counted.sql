-- Grain: one row per document that prints tables, with how many have a name and what they are.
{{ config(materialized='ephemeral') }}
with

-- Lists of performance indicators and funds of projects are no forms, but their columns are known.
tables_with_unnamed_figures as (

    select distinct
        document_id,
        table_index
    from {{ ref('stg_figures') }}
    where measure = ''

),

tables as (

    select
        forms.*,
        forms.form = '' and figures.document_id is not null as is_unnamed
    from {{ ref('stg_forms') }} as forms
    left join tables_with_unnamed_figures as figures
        on
            forms.document_id = figures.document_id
            and forms.table_index = figures.table_index

),

found_forms as (

    select
        document_id,
        count(*) as table_count,
        count(*) filter (where form <> '') as named_table_count,
        count(*) filter (where is_unnamed) as unnamed_table_count,
        count(distinct form) filter (where form <> '') as found_count,
        string_agg(distinct form, ', ' order by form) filter (where form <> '') as forms,
        sum(number_count) as number_count,
        sum(accounted_count) as accounted_count
    from tables
    group by document_id

),

-- The most frequent titles of tables that nobody could name.
unnamed_tables as (

    select
        document_id,
        string_agg(
            title || if(title_count > 1, ' ×' || title_count, ''),
            '; '
            order by title_rank
        ) filter (where title_rank <= 5)
        || if(max(title_rank) > 5, '; …', '') as titles
    from (
        select
            document_id,
            coalesce(nullif(title, ''), 'no title') as title,
            count(*) as title_count,
            row_number() over (
                partition by document_id
                order by count(*) desc, min(table_index)
            ) as title_rank
        from tables
        where is_unnamed
        group by document_id, title
    ) as titles_by_count
    group by document_id

)

select
    found_forms.document_id,
    found_forms.table_count,
    found_forms.named_table_count,
    found_forms.unnamed_table_count,
    found_forms.found_count,
    found_forms.forms,
    found_forms.number_count,
    found_forms.accounted_count,
    unnamed_tables.titles
from found_forms
left join unnamed_tables on found_forms.document_id = unnamed_tables.document_id
