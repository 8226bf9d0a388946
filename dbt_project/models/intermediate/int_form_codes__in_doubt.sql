-- Grain: one row per document, table, body row and code that cannot be the row's code as printed:
-- of no length or first digit that a classification has, or below a code that its form does not
-- print although it prints those of at least half of its level.
with

coded_rows as (

    select
        document_id,
        table_index,
        form,
        section,
        row_index,
        row_code,
        {{ parent_code('row_code') }} as parent_code,
        {{ is_code_shape('row_code') }} as is_shaped
    from {{ ref('stg_form_rows') }}
    where form <> '' and row_code <> ''

),

parents as (

    select distinct
        document_id,
        table_index,
        row_code
    from coded_rows

),

placed as (

    select
        coded_rows.*,
        coded_rows.parent_code <> '' and parents.row_code is null as is_orphan
    from coded_rows
    left join parents
        on
            coded_rows.document_id = parents.document_id
            and coded_rows.table_index = parents.table_index
            and coded_rows.parent_code = parents.row_code

),

-- A form that lists 项 alone prints the parents of none.
compared as (

    select
        *,
        2 * count(*) filter (where is_orphan) over same_level <= count(*) over same_level
            as is_exception
    from placed
    window same_level as (partition by document_id, table_index, length(row_code))

)

select
    document_id,
    table_index,
    form,
    section,
    row_index,
    row_code,
    'the code of a row cannot be right: ' || row_code || ' in ' || form as doubt
from compared
where not is_shaped or (is_orphan and is_exception)
