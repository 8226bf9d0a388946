-- Grain: one row per publishing body: a department with its units, or a unit alone.
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

regions as (

    select * from {{ ref('dim_regions') }}

)

select
    documents.body_id,
    documents.department_name as body_name,
    documents.scope,
    documents.department_id,
    nullif(documents.region_code, '') as region_code,
    any_value(regions.full_name) as region_name,
    cast(count(*) as integer) as document_count,
    min(documents.fiscal_year) as first_year,
    max(documents.fiscal_year) as last_year
from documents
left join regions on documents.region_code = regions.region_code
where documents.body_id is not null
group by
    documents.body_id,
    documents.department_name,
    documents.scope,
    documents.department_id,
    documents.region_code
