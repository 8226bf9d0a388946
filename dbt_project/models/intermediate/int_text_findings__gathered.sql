-- Grain: one row per document, kind of finding, and paragraph or note with words certainly wrong.
-- A section that seems to speak of another fund, in a document that has no section on that fund,
-- has swallowed its heading: it is left out.
{{ config(materialized='ephemeral') }}
with

paragraphs as (

    select
        document_id,
        paragraph_index,
        part,
        section_path,
        is_heading
    from {{ ref('stg_paragraphs') }}

),

findings as (

    select
        found.*,
        paragraphs.part,
        -- What stands below a form is no paragraph of the text; each such note is its own.
        if(found.paragraph_index < 0, found.finding_index, null) as note_number
    from {{ ref('stg_text_findings') }} as found
    left join paragraphs
        on
            found.document_id = paragraphs.document_id
            and found.paragraph_index = paragraphs.paragraph_index

),

sections as (

    select
        paragraphs.document_id,
        paragraphs.part,
        string_agg(distinct array_to_string(paragraphs.section_path, ' '), ' ') as section_paths
    from paragraphs
    semi join findings
        on paragraphs.document_id = findings.document_id and findings.kind = 'wrong_fund'
    where not paragraphs.is_heading
    group by paragraphs.document_id, paragraphs.part

)

select
    findings.document_id,
    findings.kind,
    findings.paragraph_index,
    findings.note_number,
    string_agg(distinct findings.printed, ', ' order by findings.printed) as printed,
    coalesce(
        string_agg(distinct findings.expected, ', ' order by findings.expected) filter (
            where findings.expected <> ''
        ),
        ''
    ) as expected,
    string_agg(distinct findings.sentence, ' … ' order by findings.sentence) as sentence,
    min(findings.page) as page,
    min(findings.cell_path) as cell_path
from findings
left join sections
    on findings.document_id = sections.document_id and findings.part = sections.part
where findings.kind <> 'wrong_fund' or contains(sections.section_paths, findings.printed)
group by
    findings.document_id, findings.kind, findings.paragraph_index, findings.note_number
