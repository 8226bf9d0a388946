-- Grain: one row per document and thing of which a change and a growth are stated together.
-- Catches: 增加…万元，下降…%.
-- Lets pass: what is nil, and a change in another paragraph or against another year.
with

claims as (

    select
        *,
        topic || '.' || item as thing
    from {{ ref('int_claims__keyed') }}
    where is_own_year

)

select
    growths.document_id,
    'yoy_direction' as identity_id,
    concat_ws(' ', growths.claim_name, nullif(growths.base, '')) as scope_key,
    'yuan' as unit,
    cast(null as decimal(24, 6)) as left_yuan,
    cast(null as decimal(24, 6)) as right_yuan,
    if(sign(growths.claim_value) * sign(changes.claim_value) = -1, 'violation', 'exact') as tier,
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
