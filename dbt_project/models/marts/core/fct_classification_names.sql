-- Grain: one row per document, classification, code and name that it prints beside the code.
-- What the classifications are learned from, kept so that learning reads no document again.
select distinct
    form_rows.document_id,
    catalogue.classification,
    form_rows.row_code as code,
    {{ printed_name('form_rows.row_label') }} as printed_name
from {{ ref('stg_form_rows') }} as form_rows
inner join {{ ref('stg_form_catalogue') }} as catalogue on form_rows.form = catalogue.form
inner join {{ ref('stg_documents') }} as documents
    on form_rows.document_id = documents.document_id
where
    catalogue.classification <> ''
    and form_rows.row_code <> ''
    and form_rows.row_label <> ''
    and documents.is_template is not true
