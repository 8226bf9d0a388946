-- Grain: one row per document and form printing.
-- Catches: a form that names another body above its table than the document on its cover.
-- Lets pass: differences of brackets and blanks; what stands before a colon (编制单位：); an organ
-- that is known by a shorter name than it prints, on the cover and above its tables alike; the name
-- of its region before the name on the cover.
with

headers as (

    select
        forms.document_id,
        forms.form,
        regexp_replace({{ printed_name('forms.entity_text') }}, '^[^:]*:', '') as entity_name,
        {{ printed_name('documents.department_name') }} as cover_name,
        {{ printed_name("json_extract_string(documents.evidence, '$.department_name')") }}
            as cover_words
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('int_documents__described') }} as documents
        on forms.document_id = documents.document_id
    where forms.form <> ''

),

compared as (

    select
        *,
        entity_name = cover_name
        or ends_with(entity_name, cover_name)
        and regexp_matches(
            left(entity_name, length(entity_name) - length(cover_name)), '[省市县区旗州盟]$'
        )
        or coalesce(
            starts_with(cover_words, entity_name)
            and regexp_matches(
                substr(cover_words, length(entity_name) + 1),
                '^(\(本级\)|本级)?(部门|单位)?(20\d{2}|$)'
            ),
            false
        ) as is_covers
    from headers

)

select
    document_id,
    'entity_year_unit_header' as identity_id,
    form as scope_key,
    case
        when entity_name = '' or cover_name = '' then 'not_evaluable'
        when is_covers then 'exact'
        else 'violation'
    end as tier,
    case
        when entity_name = '' then 'blank'
        when cover_name = '' then 'the document names no department'
        else 'printed: ' || entity_name
    end as reason
from compared
