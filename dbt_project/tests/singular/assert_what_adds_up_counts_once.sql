-- Catches: two disclosures of one year and kind that both add up though one holds the other: a
-- department's and its own unit's, or one that the other's list of units names; and a disclosure
-- that adds up of a body that dim_bodies does not know.
-- Lets pass: a unit whose department published nothing of that year and kind.
-- From: the samples, where a department publishes its own accounts beside those that hold its
-- units'.
{{ config(tags=['whole_warehouse']) }}
with

adding as (

    select
        disclosures.document_id,
        disclosures.body_id,
        disclosures.department_id,
        disclosures.region_code,
        disclosures.fiscal_year,
        disclosures.kind,
        {{ body_name('bodies.body_name') }} as body_name
    from {{ ref('dim_disclosures') }} as disclosures
    left join {{ ref('dim_bodies') }} as bodies on disclosures.body_id = bodies.body_id
    where disclosures.adds_up

),

listed as (

    select
        body_id,
        fiscal_year,
        kind,
        {{ body_name('fact_text') }} as unit_name
    from {{ ref('fct_department_facts') }}
    where fact = 'unit' and scope = 'department'

)

select
    min(document_id) as document_id,
    department_id as counted_twice
from adding
group by department_id, fiscal_year, kind
having count(*) > 1
union all
select
    units.document_id,
    departments.department_id as counted_twice
from adding as units
inner join listed
    on
        units.fiscal_year = listed.fiscal_year
        and units.kind = listed.kind
        and units.body_name = listed.unit_name
        and units.body_id <> listed.body_id
inner join adding as departments
    on
        listed.body_id = departments.body_id
        and units.fiscal_year = departments.fiscal_year
        and units.kind = departments.kind
        and units.region_code = departments.region_code
union all
select
    document_id,
    department_id as counted_twice
from adding
where body_name is null
