-- Grain: one row per edition and document that it is compared with: the preferred edition of the
-- same year (revision), the one of the year before (prior_year), the budget of the same year
-- (budget), or a unit of the department (units).
{{ config(materialized='ephemeral') }}
with

editions as (

    select * from {{ ref('int_editions__ranked') }}

),

other_years as (

    select
        own.document_id,
        others.document_id as other_id,
        others.file_name as other_file,
        case
            when others.kind <> own.kind then 'budget'
            when others.fiscal_year < own.fiscal_year then 'prior_year'
            else 'revision'
        end as relation
    from editions as own
    inner join editions as others
        on own.body_id = others.body_id
    where
        others.edition_rank = 1
        and (
            own.kind = others.kind and own.fiscal_year - 1 = others.fiscal_year
            or own.kind = 'final_accounts'
            and others.kind = 'budget'
            and own.fiscal_year = others.fiscal_year
            or own.kind = others.kind
            and own.fiscal_year = others.fiscal_year
            and own.edition_rank > 1
        )

),

listed_units as (

    select distinct
        document_id,
        {{ body_name('text') }} as unit_name
    from {{ ref('stg_department_facts') }}
    where fact = 'unit'

),

listed_counts as (

    select
        document_id,
        count(*) as listed_count
    from listed_units
    group by document_id

),

unit_names as (

    select
        departments.document_id,
        departments.kind,
        departments.fiscal_year,
        listed_units.unit_name
    from editions as departments
    inner join listed_units on departments.document_id = listed_units.document_id
    where departments.scope = 'department'

),

units as (

    select
        document_id,
        file_name,
        department_id,
        kind,
        fiscal_year,
        {{ body_name('department_name') }} as unit_name
    from editions
    where scope = 'unit' and edition_rank = 1

),

-- Those that a department lists, and the body itself, whose own document carries its name.
units_of_departments as (

    select
        unit_names.document_id,
        units.document_id as other_id,
        units.file_name as other_file
    from unit_names
    inner join units
        on
            unit_names.kind = units.kind
            and unit_names.fiscal_year = units.fiscal_year
            and unit_names.unit_name = units.unit_name
    union
    select
        departments.document_id,
        units.document_id as other_id,
        units.file_name as other_file
    from editions as departments
    inner join units
        on
            departments.department_id = units.department_id
            and departments.kind = units.kind
            and departments.fiscal_year = units.fiscal_year
    where departments.scope = 'department'

)

select
    *,
    null as listed_count
from other_years
union all
select
    units_of_departments.document_id,
    units_of_departments.other_id,
    units_of_departments.other_file,
    'units' as relation,
    listed_counts.listed_count
from units_of_departments
-- What lists no units says nothing of how many there are.
inner join listed_counts on units_of_departments.document_id = listed_counts.document_id
