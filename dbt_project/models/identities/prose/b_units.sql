-- Grain: one row per document that says how many units it covers and lists them.
-- Catches: a number of units, or of their kinds together, that is not the number listed.
-- Lets pass: 下属单位 beside a list that begins with the body itself.
with

counted as (

    select
        document_id,
        claim_id,
        claim_index,
        claim_value,
        -- 下属单位 are counted as a whole, 行政单位 and 事业单位 are kinds of them.
        regexp_matches(item_label, '行政|事业|参公|参照') as is_kind,
        regexp_matches(item_label, '下属|所属|直属|二级') as is_subordinate
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and topic = 'organisation'
        and item = 'units'
        and role in ('actual', 'held')
        and claim_kind in ('count', 'none')
        and claim_value is not null
        and statement_number = 1

),

summed as (

    select
        document_id,
        max(claim_value) filter (where not is_kind) as whole_count,
        bool_or(is_subordinate) as is_subordinate,
        sum(claim_value) filter (where is_kind) as kinds_count,
        list(claim_id order by claim_index) as claim_ids
    from counted
    group by document_id

),

units as (

    select
        document_id,
        {{ printed_name('text') }} as unit_name,
        min(fact_index) as place
    from {{ ref('stg_department_facts') }}
    where fact = 'unit'
    group by document_id, unit_name

),

listed as (

    select
        document_id,
        count(*) as listed_count,
        string_agg(unit_name, ', ' order by place) as unit_names
    from units
    group by document_id

)

select
    summed.document_id,
    'b_units' as identity_id,
    '' as scope_key,
    'count' as unit,
    cast(coalesce(summed.kinds_count, summed.whole_count) as decimal(24, 6)) as left_yuan,
    cast(listed.listed_count as decimal(24, 6)) as right_yuan,
    if(
        coalesce(summed.kinds_count = listed.listed_count, true)
        and coalesce(
            listed.listed_count = summed.whole_count
            -- The body itself is listed, and no unit below itself.
            or summed.is_subordinate and listed.listed_count = summed.whole_count + 1,
            true
        ),
        'exact',
        'violation'
    ) as tier,
    'listed: ' || listed.unit_names as reason,
    summed.claim_ids as left_ids,
    cast([] as varchar[]) as right_ids,
    listed.unit_names as expected
from summed
inner join listed on summed.document_id = listed.document_id
