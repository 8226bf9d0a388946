-- Grain: one row per document and cell of a form that it or another part of its publication prints.
-- What the prose of a document says is held against these: its tables may stand in another file.
-- Identities of the forms alone look at int_form_cells__keyed.
{{ config(materialized='view') }}
with

cells as (

    select * from {{ ref('int_form_cells__keyed') }}

),

-- Of several files that print a form, one lends it.
lent_forms as (

    select
        document_id,
        form,
        arg_min(part_id, part_rank) as source_id
    from (
        select
            document_id,
            part_id,
            part_rank,
            unnest(part_forms) as form
        from {{ ref('int_documents__joined') }}
    ) as part_forms
    group by document_id, form

)

select
    document_id,
    form,
    section,
    row_index,
    row_code,
    parent_code,
    class_code,
    row_key,
    row_label,
    line,
    is_leaf,
    sibling_count,
    measure,
    figure_id,
    amount_text,
    amount_yuan,
    half_step_yuan,
    document_id as source_id
from cells
union all
select
    lent_forms.document_id,
    cells.form,
    cells.section,
    cells.row_index,
    cells.row_code,
    cells.parent_code,
    cells.class_code,
    cells.row_key,
    cells.row_label,
    cells.line,
    cells.is_leaf,
    cells.sibling_count,
    cells.measure,
    cells.figure_id,
    cells.amount_text,
    cells.amount_yuan,
    cells.half_step_yuan,
    cells.document_id as source_id
from cells
inner join lent_forms on cells.document_id = lent_forms.source_id and cells.form = lent_forms.form
