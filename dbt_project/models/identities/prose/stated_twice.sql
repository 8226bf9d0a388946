-- Grain: one row per document, part of it, and quantity that is stated in several paragraphs.
-- Catches: one quantity that is one amount here and another there.
-- Lets pass: amounts that agree in the unit they are printed in; a restated basis, which has a role
-- of its own; what a paragraph lists; things that may be several, such as meetings and projects.
with

-- A paragraph that states several amounts lists them, and none of them is the quantity.
by_paragraph as (

    select
        document_id,
        quantity,
        is_money,
        paragraph_index,
        min(claim_id) as claim_id,
        min(claim_value) as claim_value,
        max(own_half_step) as half,
        row_number() over (
            partition by document_id, quantity, is_money
            order by min(claim_index)
        ) as place
    from {{ ref('int_quantities__repeated') }}
    group by document_id, quantity, is_money, paragraph_index
    having min(claim_value) = max(claim_value)

),

compared as (

    select
        firsts.document_id,
        firsts.quantity,
        firsts.is_money,
        firsts.claim_id as first_id,
        others.claim_id as other_id,
        firsts.claim_value as first_value,
        others.claim_value as other_value,
        others.place,
        case
            when firsts.claim_value = others.claim_value then 'exact'
            when abs(firsts.claim_value - others.claim_value) <= firsts.half + others.half
                then 'rounding_likely'
            else 'violation'
        end as tier
    from by_paragraph as firsts
    inner join by_paragraph as others
        on
            firsts.document_id = others.document_id
            and firsts.quantity = others.quantity
            and firsts.is_money = others.is_money
            and firsts.place < others.place
    where firsts.place = 1

)

select
    document_id,
    'stated_twice' as identity_id,
    quantity as scope_key,
    if(is_money, 'yuan', 'count') as unit,
    first_value as left_yuan,
    other_value as right_yuan,
    tier,
    '' as reason,
    [first_id] as left_ids,
    [other_id] as right_ids
from compared
qualify row_number() over (
        partition by document_id, quantity
        order by tier <> 'violation', place
    ) = 1
