-- Grain: one row per document and cell of a form that it or another part of its publication prints.
-- What the prose of a document says is held against these: its tables may stand in another file.
-- Identities of the forms alone look at int_form_cells__keyed.
{{ config(materialized='view') }}
select
    forms.document_id,
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
    forms.source_id
from {{ ref('int_form_cells__keyed') }} as cells
inner join {{ ref('int_forms__joined') }} as forms
    on cells.document_id = forms.source_id and cells.form = forms.form
