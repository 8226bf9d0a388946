-- Grain: one row per section of the text of a document that facts count: all paragraphs under one
-- heading path, in reading order, to be searched.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}
    where is_prose_preferred and not is_quarantined

),

paragraphs as (

    select * from {{ ref('stg_paragraphs') }}

),

-- A heading that comes back (一、… in the text and in the report) begins a section of its own.
numbered as (

    select
        *,
        sum(is_new::integer) over (
            partition by document_id
            order by paragraph_index
            rows unbounded preceding
        ) as section_number
    from (
        select
            *,
            coalesce(
                (part, section_path)
                <> lag((part, section_path)) over (
                    partition by document_id
                    order by paragraph_index
                ),
                true
            ) as is_new
        from paragraphs
    ) as compared

),

sections as (

    select
        document_id,
        section_number::integer as section_number,
        any_value(part) as part,
        any_value(section_path) as section_path,
        max(section_topic) as section_topic,
        min(paragraph_index) as first_paragraph_index,
        count(*) filter (where not is_heading) as paragraph_count,
        coalesce(
            string_agg(text, chr(10) order by paragraph_index) filter (where not is_heading), ''
        ) as section_text,
        min(page) as page,
        arg_min(cell_path, paragraph_index) as cell_path
    from numbered
    group by document_id, section_number

)

select
    sections.document_id,
    documents.body_id,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    sections.section_number,
    sections.part,
    sections.section_path,
    coalesce(sections.section_path[-1], '') as heading,
    sections.section_topic,
    (sections.paragraph_count)::integer as paragraph_count,
    sections.section_text,
    sections.page,
    sections.cell_path
from sections
inner join documents on sections.document_id = documents.document_id
where sections.section_text <> ''
