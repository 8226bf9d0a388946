-- Grain: one row per document, whether or not facts count it.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

regions as (

    select * from {{ ref('dim_regions') }}

),

publications as (

    select * from {{ ref('stg_publications') }}

),

files as (

    {{ files_by_content() }}

)

select
    documents.document_id,
    documents.file_name,
    files.file_path,
    documents.file_kind,
    documents.page_count,
    documents.body_id,
    documents.department_id,
    documents.department_name,
    nullif(documents.region_code, '') as region_code,
    regions.full_name as region_name,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    cast(documents.figure_count as integer) as figure_count,
    documents.has_forms,
    documents.disclosure_id,
    documents.is_preferred,
    documents.is_prose_preferred,
    documents.preferred_document_id,
    documents.is_quarantined,
    documents.is_template,
    documents.is_identified,
    documents.is_counted,
    documents.evidence,
    documents.sha256,
    publications.site,
    publications.url,
    publications.title as announcement_title,
    publications.published_date,
    publications.first_seen_at,
    nullif(publications.superseded_by_document_id, '') as superseded_by_document_id
from documents
left join regions on documents.region_code = regions.region_code
left join publications on documents.document_id = publications.document_id
left join files on documents.sha256 = files.sha256
