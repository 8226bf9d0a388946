-- Grain: one row per disclosing department or unit.
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

regions as (

    select * from {{ ref('dim_regions') }}

)

select
    documents.department_id,
    documents.department_name,
    nullif(documents.region_code, '') as region_code,
    any_value(regions.full_name) as region_name,
    cast(count(*) as integer) as document_count,
    min(documents.fiscal_year) as first_year,
    max(documents.fiscal_year) as last_year
from documents
left join regions on documents.region_code = regions.region_code
where documents.department_id is not null
group by documents.department_id, documents.department_name, documents.region_code
