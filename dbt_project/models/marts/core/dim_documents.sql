-- Grain: one row per document, whether or not facts count it.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

regions as (

    select * from {{ ref('dim_regions') }}

)

select
    documents.document_id,
    documents.file_name,
    documents.file_kind,
    documents.page_count,
    documents.department_id,
    documents.department_name,
    nullif(documents.region_code, '') as region_code,
    regions.full_name as region_name,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    cast(documents.figure_count as integer) as figure_count,
    documents.is_preferred,
    documents.preferred_document_id,
    documents.is_quarantined,
    documents.is_preferred and not documents.is_quarantined as is_counted,
    documents.evidence,
    documents.sha256
from documents
left join regions on documents.region_code = regions.region_code
