-- Grain: one row per document, part of it, and line of the seed counted_expenses that both its
-- statements are there for: money, and the things counted that it was spent on.
{{ config(materialized='ephemeral') }}
with

claims as (

    select
        document_id,
        part,
        topic,
        item,
        role,
        claim_id,
        claim_index,
        claim_kind,
        claim_value,
        own_half_step,
        is_money
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and claim_value is not null
        and statement_number = 1
        and role in ('actual', 'held')

)

select
    spent.document_id,
    spent.part,
    listed.identity_id,
    listed.is_both_ways,
    listed.least_yuan,
    listed.most_yuan,
    format('{} {}.{}', spent.part, listed.topic, listed.counted) as scope_key,
    spent.claim_id as spent_id,
    spent.claim_value as spent_yuan,
    spent.own_half_step as spent_half,
    counted.claim_id as counted_id,
    counted.claim_value as counted_number
from {{ ref('counted_expenses') }} as listed
inner join claims as spent on listed.topic = spent.topic and listed.expense = spent.item
inner join claims as counted
    on
        spent.document_id = counted.document_id
        and spent.part = counted.part
        and listed.topic = counted.topic
        and listed.counted = counted.item
where
    spent.role = 'actual'
    and (spent.is_money or spent.claim_kind = 'none')
    and counted.claim_kind in ('count', 'none')
-- What is stated as an amount says more than 无.
qualify row_number() over (
        partition by spent.document_id, spent.part, listed.topic, listed.expense, listed.counted
        order by not spent.is_money, spent.claim_index, counted.claim_index
    ) = 1
