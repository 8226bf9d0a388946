-- Grain: one row per document, identity and scope key: what the prose says of the year before, in
-- one place and in another.
with

claims as (

    select
        *,
        topic || '.' || item as thing
    from {{ ref('int_claims__keyed') }}
    where is_own_year

),

amounts as (

    select * from claims
    where claim_kind in ('amount', 'count') and claim_value is not null

),

-- Change and growth go one way -----------------------------------------------------------------
yoy_direction as (

    select
        growths.document_id,
        'yoy_direction' as identity_id,
        concat_ws(' ', growths.claim_name, nullif(growths.base, '')) as scope_key,
        'yuan' as unit,
        cast(null as decimal(24, 6)) as left_yuan,
        cast(null as decimal(24, 6)) as right_yuan,
        if(
            sign(growths.claim_value) * sign(changes.claim_value) = -1, 'violation', 'exact'
        ) as tier,
        '' as reason,
        [changes.claim_id] as left_ids,
        [growths.claim_id] as right_ids
    from claims as growths
    inner join claims as changes
        on
            growths.document_id = changes.document_id
            and growths.paragraph_index = changes.paragraph_index
            and growths.thing = changes.thing
            and growths.loose_label = changes.loose_label
            and growths.group_label = changes.group_label
            and growths.base = changes.base
    where growths.claim_kind = 'growth' and changes.claim_kind = 'change'
    qualify row_number() over (
            partition by growths.document_id, scope_key
            order by
                tier <> 'violation',
                abs(growths.claim_index - changes.claim_index),
                growths.claim_index,
                changes.claim_index
        ) = 1

),

-- One amount that changed by one amount was one amount ------------------------------------------
stated_years as (

    select
        amounts.document_id,
        amounts.part || ' ' || amounts.claim_name as thing,
        amounts.claim_value as amount,
        changes.base,
        changes.claim_value as change,
        growths.claim_id as growth_id,
        growths.claim_value as growth_value,
        growths.own_half_step as growth_half,
        priors.claim_id as prior_id,
        priors.claim_value as prior_value,
        priors.own_half_step as prior_half
    from amounts
    inner join claims as changes
        on
            amounts.document_id = changes.document_id
            and amounts.part = changes.part
            and amounts.thing = changes.thing
            and amounts.loose_label = changes.loose_label
            and amounts.group_label = changes.group_label
            and amounts.role = changes.role
            and changes.claim_kind = 'change'
            and changes.statement_number = 1
            and changes.claim_value <> 0
    left join claims as growths
        on
            amounts.document_id = growths.document_id
            and amounts.part = growths.part
            and amounts.thing = growths.thing
            and amounts.loose_label = growths.loose_label
            and amounts.group_label = growths.group_label
            and amounts.role = growths.role
            and changes.base = growths.base
            and growths.claim_kind = 'growth'
            and growths.statement_number = 1
    left join amounts as priors
        on
            amounts.document_id = priors.document_id
            and amounts.part = priors.part
            and amounts.thing = priors.thing
            and amounts.loose_label = priors.loose_label
            and amounts.group_label = priors.group_label
            and changes.base = priors.role
            and priors.statement_number = 1
    where amounts.statement_number = 1 and amounts.role in ('actual', 'budget')

),

same_years as (

    {% for what in ['growth', 'prior'] -%}
        select
            document_id,
            base,
            '{{ what }}' as what,
            min(thing) as first_thing,
            max(abs({{ what }}_value)) as largest,
            min(abs({{ what }}_value)) as smallest,
            max({{ what }}_half) as coarsest,
            min({{ what }}_half) as finest,
            -- Of statements that agree, two that are not the same one.
            arg_max({{ what }}_id, (abs({{ what }}_value), {{ what }}_id)) as largest_id,
            arg_min({{ what }}_id, (abs({{ what }}_value), {{ what }}_id)) as smallest_id
        from stated_years
        where {{ what }}_value is not null
        group by document_id, base, amount, change
        having count(*) > 1
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}

),

yoy_same_base as (

    select
        document_id,
        'yoy_same_base' as identity_id,
        concat_ws(' ', first_thing, base, what) as scope_key,
        if(what = 'growth', '%', 'yuan') as unit,
        cast(largest as decimal(24, 6)) as left_yuan,
        cast(smallest as decimal(24, 6)) as right_yuan,
        case
            when largest = smallest then 'exact'
            when largest - smallest < coarsest + finest then 'rounding_likely'
            when coarsest = finest and largest - smallest = 2 * finest then 'copy_mismatch'
            else 'violation'
        end as tier,
        '' as reason,
        [largest_id] as left_ids,
        [smallest_id] as right_ids
    from same_years

)

select * from yoy_direction
union all by name
select * from yoy_same_base
