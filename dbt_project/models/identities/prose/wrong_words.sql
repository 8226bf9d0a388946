-- Grain: one row per document, identity and paragraph with words that are certainly wrong by
-- themselves, and one per document and identity without any; identities placeholder_residue,
-- template_residue, wrong_fund, unit_missing, name_mismatch and wrong_year.
-- Lets pass: a section that has swallowed the heading of the next one.
with

identities as (

    select
        identity_id,
        if(identity_id = 'placeholder_residue', 'placeholder', identity_id) as kind
    from {{ ref('identities') }}
    where
        identity_id in (
            'placeholder_residue', 'template_residue', 'wrong_fund', 'unit_missing',
            'name_mismatch', 'wrong_year'
        )

),

read_documents as (

    select distinct document_id
    from {{ ref('stg_paragraphs') }}

)

select
    read_documents.document_id,
    identities.identity_id,
    if(
        gathered.paragraph_index is null,
        '',
        coalesce('note ' || gathered.note_number, 'paragraph ' || gathered.paragraph_index)
    ) as scope_key,
    if(gathered.paragraph_index is null, 'exact', 'violation') as tier,
    '' as reason,
    cast([] as varchar[]) as left_ids,
    cast([] as varchar[]) as right_ids,
    gathered.printed,
    gathered.expected,
    gathered.sentence,
    gathered.page,
    gathered.cell_path
from read_documents
cross join identities
left join {{ ref('int_text_findings__gathered') }} as gathered
    on
        read_documents.document_id = gathered.document_id
        and identities.kind = gathered.kind
