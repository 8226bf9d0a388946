-- Grain: one row per disclosure that facts count, by the document_id that facts carry.
-- Says which disclosures can be added up so that no money counts twice: a department's accounts
-- hold its units', so a unit adds up only where no counted disclosure of that year and kind can
-- hold it. Whose unit it is, is told by the same name, by the list of units that a department
-- prints (that of the year itself, else of the nearest year), or by a name that begins with a
-- department's. A department that another one lists as its unit is held by it, too.
with recursive

disclosures as (

    select
        document_id,
        body_id,
        department_id,
        region_code,
        fiscal_year,
        kind,
        scope
    from {{ ref('dim_documents') }}
    where is_counted and document_id = disclosure_id

),

bodies as (

    select
        body_id,
        {{ body_name('body_name') }} as body_name,
        scope,
        department_id,
        coalesce(region_code, '') as region_code
    from {{ ref('dim_bodies') }}

),

-- Offices in a county may be units of the prefecture's department, or of the province's. Bodies of
-- no known region, as those of the centre, are looked for among themselves.
regions as (

    select
        region_code,
        unnest([region_code, prefecture_code, province_code]) as department_region_code
    from {{ ref('dim_regions') }}
    union
    select
        region_code,
        region_code as department_region_code
    from bodies

),

years as (

    select distinct fiscal_year
    from disclosures

),

listed as (

    select distinct
        facts.body_id as department_body_id,
        facts.fiscal_year as list_year,
        bodies.region_code as department_region_code,
        {{ body_name('facts.fact_text') }} as unit_name
    from {{ ref('fct_department_facts') }} as facts
    inner join bodies on facts.body_id = bodies.body_id
    where facts.fact = 'unit' and facts.scope = 'department' and facts.fiscal_year is not null

),

-- The list that says what a department's units are in a year.
deciding as (

    select
        listed.department_body_id,
        years.fiscal_year,
        arg_min(
            listed.list_year, (abs(listed.list_year - years.fiscal_year), listed.list_year)
        ) as list_year
    from listed
    cross join years
    group by listed.department_body_id, years.fiscal_year

),

told as (

    select
        units.body_id,
        years.fiscal_year,
        departments.body_id as department_body_id,
        'same_name' as told_by,
        cast(null as integer) as list_year,
        0 as doubt
    from bodies as units
    inner join bodies as departments on units.department_id = departments.department_id
    cross join years
    where units.scope = 'unit' and departments.scope = 'department'
    union all
    select
        bodies.body_id,
        deciding.fiscal_year,
        listed.department_body_id,
        'listed' as told_by,
        listed.list_year,
        abs(listed.list_year - deciding.fiscal_year) as doubt
    from bodies
    inner join regions on bodies.region_code = regions.region_code
    inner join listed
        on
            regions.department_region_code = listed.department_region_code
            and bodies.body_name = listed.unit_name
            and bodies.body_id <> listed.department_body_id
    inner join deciding
        on
            listed.department_body_id = deciding.department_body_id
            and listed.list_year = deciding.list_year
    union all
    -- Of several departments whose names it begins with, the longest: 某县某局某队 is a unit of
    -- 某县某局.
    select
        begun.body_id,
        years.fiscal_year,
        begun.department_body_id,
        'name_begins' as told_by,
        cast(null as integer) as list_year,
        10000 as doubt
    from (
        select
            units.body_id,
            departments.body_id as department_body_id
        from bodies as units
        inner join regions on units.region_code = regions.region_code
        inner join bodies as departments
            on
                regions.department_region_code = departments.region_code
                and starts_with(units.body_name, departments.body_name)
                and length(units.body_name) > length(departments.body_name)
        where units.scope = 'unit' and departments.scope = 'department'
        qualify
            rank() over (
                partition by units.body_id order by length(departments.body_name) desc
            ) = 1
    ) as begun
    cross join years

),

-- With the departments that hold a department: what stands in its accounts stands in theirs.
holders as (

    select
        body_id,
        fiscal_year,
        department_body_id,
        told_by,
        list_year,
        doubt,
        department_body_id as holder_body_id
    from told
    union
    select
        holders.body_id,
        holders.fiscal_year,
        holders.department_body_id,
        holders.told_by,
        holders.list_year,
        holders.doubt,
        told.department_body_id as holder_body_id
    from holders
    inner join told
        on holders.holder_body_id = told.body_id and holders.fiscal_year = told.fiscal_year

),

placed as (

    select
        disclosures.document_id,
        holders.department_body_id,
        holders.told_by,
        holders.list_year,
        holders.doubt,
        holding.document_id as contained_in_document_id
    from disclosures
    inner join holders
        on
            disclosures.body_id = holders.body_id
            and disclosures.fiscal_year = holders.fiscal_year
            and disclosures.body_id <> holders.holder_body_id
    left join disclosures as holding
        on
            holders.holder_body_id = holding.body_id
            and disclosures.fiscal_year = holding.fiscal_year
            and disclosures.kind = holding.kind
    qualify
        row_number() over (
            partition by disclosures.document_id
            order by
                holding.document_id is null asc,
                holders.doubt asc,
                holders.told_by = 'same_name' desc,
                holders.holder_body_id = holders.department_body_id desc,
                holders.department_body_id asc,
                holders.holder_body_id asc
        ) = 1

),

departments_over as (

    select distinct
        regions.region_code,
        disclosures.fiscal_year,
        disclosures.kind
    from disclosures
    inner join regions on disclosures.region_code = regions.department_region_code
    where disclosures.scope = 'department'

),

judged as (

    select
        disclosures.*,
        placed.department_body_id,
        placed.told_by as department_told_by,
        placed.list_year as department_list_year,
        placed.contained_in_document_id,
        case
            when disclosures.kind is null then 'kind_unknown'
            when placed.contained_in_document_id is not null then 'in_department'
            when disclosures.scope = 'department' or placed.doubt = 0 then null
            when disclosures.region_code is not null and departments_over.region_code is null
                then null
            when placed.document_id is not null then 'department_uncertain'
            else 'department_unknown'
        end as not_added_reason
    from disclosures
    left join placed on disclosures.document_id = placed.document_id
    left join departments_over
        on
            disclosures.region_code = departments_over.region_code
            and disclosures.fiscal_year = departments_over.fiscal_year
            and disclosures.kind = departments_over.kind

)

select
    document_id,
    body_id,
    department_id,
    region_code,
    fiscal_year,
    kind,
    scope,
    department_body_id,
    department_told_by,
    department_list_year,
    contained_in_document_id,
    not_added_reason is null as adds_up,
    not_added_reason
from judged
