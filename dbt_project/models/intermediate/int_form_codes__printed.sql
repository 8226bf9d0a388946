-- Grain: one row per document, form, section, body row and code of a classification beside it.
{{ config(materialized='ephemeral') }}
select distinct
    document_id,
    form,
    section,
    row_index,
    row_code,
    row_label,
    row_path
from {{ ref('stg_form_rows') }}
where form <> '' and row_code <> ''
qualify not {{ is_code_of_units() }}
