-- Grain: one row per document and form printing.
-- Catches: a form that names another body above its table than the document on its cover.
-- Lets pass: differences of brackets and blanks; what stands before a colon (编制单位：).
with

headers as (

    select
        forms.document_id,
        forms.form,
        regexp_replace({{ printed_name('forms.entity_text') }}, '^[^:]*:', '') as entity_name,
        {{ printed_name('documents.department_name') }} as cover_name
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('int_documents__described') }} as documents
        on forms.document_id = documents.document_id
    where forms.form <> ''

)

select
    document_id,
    'entity_year_unit_header' as identity_id,
    form as scope_key,
    case
        when entity_name = '' or cover_name = '' then 'not_evaluable'
        when entity_name = cover_name then 'exact'
        else 'violation'
    end as tier,
    case
        when entity_name = '' then 'blank'
        when cover_name = '' then 'the document names no department'
        else 'printed: ' || entity_name
    end as reason
from headers
