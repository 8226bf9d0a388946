-- Grain: one row per document, amount, change and base that several things share, and what is said
-- beside them: the growth, or the amount of the year before.
-- Catches: one amount that changed by one amount from two different ones, or at two rates.
-- Lets pass: any rounding, and changes of nothing.
with

claims as (

    select
        *,
        topic || '.' || item as thing
    from {{ ref('int_claims__keyed') }}
    where is_own_year and statement_number = 1

),

changed as (

    select
        amounts.document_id,
        amounts.part,
        amounts.thing,
        amounts.loose_label,
        amounts.group_label,
        amounts.role,
        amounts.part || ' ' || amounts.claim_name as full_name,
        amounts.claim_value as amount,
        changes.base,
        changes.claim_value as change
    from claims as amounts
    inner join claims as changes
        on
            amounts.document_id = changes.document_id
            and amounts.part = changes.part
            and amounts.thing = changes.thing
            and amounts.loose_label = changes.loose_label
            and amounts.group_label = changes.group_label
            and amounts.role = changes.role
            and changes.claim_kind = 'change'
            and changes.claim_value <> 0
    where
        amounts.claim_kind in ('amount', 'count')
        and amounts.claim_value is not null
        and amounts.role in ('actual', 'budget')

),

beside as (

    {% for what, is_said in [
        ('growth', "changed.role = others.role
            and changed.base = others.base
            and others.claim_kind = 'growth'"),
        ('prior', "changed.base = others.role and others.claim_kind in ('amount', 'count')"),
    ] -%}
        select
            changed.document_id,
            changed.full_name,
            changed.amount,
            changed.base,
            changed.change,
            '{{ what }}' as what,
            others.claim_id,
            abs(others.claim_value) as size,
            others.own_half_step as half
        from changed
        inner join claims as others
            on
                changed.document_id = others.document_id
                and changed.part = others.part
                and changed.thing = others.thing
                and changed.loose_label = others.loose_label
                and changed.group_label = others.group_label
                and {{ is_said }}
                and others.claim_value is not null
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}

),

shared as (

    select
        document_id,
        base,
        what,
        min(full_name) as first_name,
        max(size) as largest,
        min(size) as smallest,
        max(half) as coarsest,
        min(half) as finest,
        -- Of statements that agree, two that are not the same one.
        arg_max(claim_id, (size, claim_id)) as largest_id,
        arg_min(claim_id, (size, claim_id)) as smallest_id
    from beside
    group by document_id, base, what, amount, change
    having count(*) > 1

)

select
    document_id,
    'yoy_same_base' as identity_id,
    concat_ws(' ', first_name, base, what) as scope_key,
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
from shared
