-- Grain: one row per document, form, section, body row and code of a classification beside it.
-- Codes of six digits, and those of three that they begin with, are units'.
{{ config(materialized='ephemeral') }}
select distinct
    document_id,
    form,
    section,
    row_index,
    row_code,
    row_label
from {{ ref('stg_form_rows') }}
where form <> '' and row_code <> ''
qualify
    not bool_or(length(row_code) = 6) over (partition by document_id, form, left(row_code, 3))
