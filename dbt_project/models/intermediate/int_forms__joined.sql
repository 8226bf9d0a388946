-- Grain: one row per document and form that it or another part of its publication prints.
-- Of several files that print a form, one lends it.
with

part_forms as (

    select
        document_id,
        part_id,
        part_rank,
        unnest(part_forms) as form
    from {{ ref('int_documents__joined') }}

)

select distinct
    document_id,
    form,
    document_id as source_id,
    false as is_lent
from {{ ref('stg_forms') }}
where form <> ''
union all
select
    document_id,
    form,
    arg_min(part_id, part_rank) as source_id,
    true as is_lent
from part_forms
group by document_id, form
