-- Grain: one row per amount of this year with a change, and what is stated beside it of the same
-- thing: the growth, or the amount of the year before.
{{ config(materialized='ephemeral') }}
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

)

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
