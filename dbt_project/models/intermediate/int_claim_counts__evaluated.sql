-- Grain: one row per document, identity and scope key: what the prose counts, held against the
-- money it cost and against what is listed.
with

claims as (

    select * from {{ ref('int_claims__keyed') }}
    where is_own_year and claim_value is not null and statement_number = 1

),

spent as (

    select * from claims
    where role = 'actual' and (is_money or claim_kind = 'none')

),

counted as (

    select * from claims
    where role in ('actual', 'held') and claim_kind in ('count', 'none')

),

-- Money and what it was spent on ---------------------------------------------------------------
pairs as (

    select
        spent.document_id,
        spent.part,
        pairs.identity_id,
        pairs.is_both_ways,
        pairs.least_yuan,
        pairs.most_yuan,
        format('{} {}.{}', spent.part, pairs.topic, pairs.counted) as scope_key,
        spent.claim_id as spent_id,
        spent.claim_value as spent_yuan,
        spent.own_half_step as spent_half,
        counted.claim_id as counted_id,
        counted.claim_value as counted_number
    from {{ ref('counted_expenses') }} as pairs
    inner join spent on pairs.topic = spent.topic and pairs.expense = spent.item
    inner join counted
        on
            spent.document_id = counted.document_id
            and spent.part = counted.part
            and pairs.topic = counted.topic
            and pairs.counted = counted.item
    -- What is stated as an amount says more than 无.
    qualify row_number() over (
            partition by spent.document_id, spent.part, pairs.topic, pairs.expense, pairs.counted
            order by not spent.is_money, spent.claim_index, counted.claim_index
        ) = 1

),

money_and_counts as (

    select
        document_id,
        identity_id,
        scope_key || ' money' as scope_key,
        '' as unit,
        spent_yuan as left_yuan,
        cast(counted_number as decimal(24, 6)) as right_yuan,
        case
            -- What is printed as 0.00 may hide a small amount.
            when spent_yuan > 0 and counted_number = 0 then 'violation'
            when is_both_ways and spent_yuan = 0 and spent_half = 0 and counted_number > 0
                then 'violation'
            when is_both_ways and spent_yuan = 0 and counted_number > 0 then 'rounding_possible'
            else 'exact'
        end as tier,
        case
            when spent_yuan > 0 and counted_number = 0 then 'money was spent on nothing'
            when is_both_ways and spent_yuan = 0 and counted_number > 0 then 'they cost nothing'
            else ''
        end as reason,
        [spent_id] as left_ids,
        [counted_id] as right_ids,
        cast(null as varchar) as expected
    from pairs

),

nar_percap_sane as (

    select
        document_id,
        'nar_percap_sane' as identity_id,
        scope_key,
        'yuan' as unit,
        cast(round(spent_yuan / counted_number, 2) as decimal(24, 6)) as left_yuan,
        cast(
            if(spent_yuan < least_yuan * counted_number, least_yuan, most_yuan) as decimal(24, 6)
        ) as right_yuan,
        case
            when spent_yuan between least_yuan * counted_number and most_yuan * counted_number
                then 'exact'
            when
                spent_yuan + spent_half >= least_yuan * counted_number
                and spent_yuan - spent_half <= most_yuan * counted_number
                then 'rounding_possible'
            else 'violation'
        end as tier,
        format('between {} and {} yuan each are usual', least_yuan, most_yuan) as reason,
        [spent_id] as left_ids,
        [counted_id] as right_ids,
        cast(null as varchar) as expected
    from pairs
    where most_yuan is not null and counted_number > 0 and spent_yuan > 0

),

-- Large equipment --------------------------------------------------------------------------------
asset_thresholds as (

    select
        document_id,
        'asset_thresholds' as identity_id,
        part as scope_key,
        'count' as unit,
        cast(null as decimal(24, 6)) as left_yuan,
        cast(null as decimal(24, 6)) as right_yuan,
        if(
            bool_or(item in ('equipment.over_1m', 'equipment.over_500k'))
            or bool_or(item = 'equipment.general_500k') and bool_or(item = 'equipment.special_1m'),
            'exact',
            'violation'
        ) as tier,
        'the thresholds at which equipment is counted' as reason,
        list(claim_id order by claim_index) as left_ids,
        cast([] as varchar[]) as right_ids,
        'equipment of 1,000,000 yuan, or general of 500,000 and special of 1,000,000' as expected
    from counted
    where topic = 'assets'
    group by document_id, part
    having bool_or(item = 'vehicles.total')

),

-- Projects ---------------------------------------------------------------------------------------
listed_projects as (

    select
        document_id,
        part,
        count(distinct loose_label) as listed_count,
        list(claim_id order by claim_index) as claim_ids
    from spent
    where topic = 'project' and item = 'total' and loose_label <> ''
    group by document_id, part

),

app_project_count as (

    select
        counted.document_id,
        'app_project_count' as identity_id,
        counted.part as scope_key,
        'count' as unit,
        cast(counted.claim_value as decimal(24, 6)) as left_yuan,
        cast(listed_projects.listed_count as decimal(24, 6)) as right_yuan,
        if(counted.claim_value = listed_projects.listed_count, 'exact', 'violation') as tier,
        '' as reason,
        [counted.claim_id] as left_ids,
        listed_projects.claim_ids as right_ids,
        cast(null as varchar) as expected
    from counted
    inner join listed_projects
        on
            counted.document_id = listed_projects.document_id
            and counted.part = listed_projects.part
    where counted.topic = 'project' and counted.item = 'count' and counted.loose_label = ''

),

-- Units ------------------------------------------------------------------------------------------
listed_units as (

    select
        document_id,
        count(distinct {{ printed_name('text') }}) as listed_count,
        string_agg(distinct {{ printed_name('text') }}, ', ') as unit_names
    from {{ ref('stg_department_facts') }}
    where fact = 'unit'
    group by document_id

),

-- 下属单位 are counted as a whole, 行政单位 and 事业单位 are kinds of them.
counted_units as (

    select
        document_id,
        max(claim_value) filter (where not is_kind) as whole_count,
        coalesce(bool_or(is_subordinate), false) as is_subordinate,
        sum(claim_value) filter (where is_kind) as kinds_count,
        list(claim_id order by claim_index) as claim_ids
    from (
        select
            *,
            regexp_matches(item_label, '行政|事业|参公|参照') as is_kind,
            regexp_matches(item_label, '下属|所属|直属|二级') as is_subordinate
        from counted
        where topic = 'organisation' and item = 'units'
    ) as units
    group by document_id

),

b_units as (

    select
        counted_units.document_id,
        'b_units' as identity_id,
        '' as scope_key,
        'count' as unit,
        cast(coalesce(counted_units.kinds_count, counted_units.whole_count) as decimal(24, 6))
            as left_yuan,
        cast(listed_units.listed_count as decimal(24, 6)) as right_yuan,
        if(
            coalesce(counted_units.kinds_count = listed_units.listed_count, true)
            and coalesce(
                listed_units.listed_count = counted_units.whole_count
                -- The body itself is listed, and no unit below itself.
                or counted_units.is_subordinate
                and listed_units.listed_count = counted_units.whole_count + 1,
                true
            ),
            'exact',
            'violation'
        ) as tier,
        'listed: ' || listed_units.unit_names as reason,
        counted_units.claim_ids as left_ids,
        cast([] as varchar[]) as right_ids,
        listed_units.unit_names as expected
    from counted_units
    inner join listed_units on counted_units.document_id = listed_units.document_id

)

{% for check in [
    'money_and_counts', 'nar_percap_sane', 'asset_thresholds', 'app_project_count', 'b_units'
] -%}
    select * from {{ check }}
    {% if not loop.last %}union all by name
    {% endif %}
{%- endfor %}
