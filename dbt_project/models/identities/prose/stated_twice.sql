-- Grain: one row per document, part of it, and quantity that is stated in several paragraphs.
-- Catches: one quantity that is one amount here and another there.
-- Lets pass: amounts that agree in the unit they are printed in; a restated basis, which has a role
-- of its own; what a paragraph lists; things that may be several, such as meetings and projects.
with

quantities as (

    select
        document_id,
        part,
        claim_id,
        claim_index,
        paragraph_index,
        claim_name,
        claim_value,
        own_half_step,
        is_money,
        whole_claim_id
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and claim_kind in ('amount', 'count')
        and claim_value is not null
        and role in ('actual', 'budget', 'opening_budget', 'adjusted_budget', 'held')
        and group_label = ''
        and (
            loose_label = ''
            and item in (
                'total', 'income_total', 'expenditure_total', 'basic', 'project', 'personnel',
                'public', 'goods', 'works', 'services', 'sme', 'micro'
            )
            and topic not in ('funds', 'performance', 'project', 'staffing', 'training')
            and (topic <> 'meetings' or is_money)
            or topic = 'three_public'
            or topic in ('general_budget', 'government_fund', 'state_capital')
            and item = 'item'
            and contains(item_label, '类')
            and contains(item_label, '款')
        )

),

-- Most things are stated once, and need no second look.
repeated as (

    select
        document_id,
        part,
        claim_name
    from quantities
    group by document_id, part, claim_name
    having min(paragraph_index) < max(paragraph_index)

),

stated as (

    select
        quantities.*,
        concat_ws(
            ' ', quantities.part, quantities.claim_name, nullif(sources.fund, ''), wholes.subject
        ) as quantity
    from quantities
    semi join repeated
        on
            quantities.document_id = repeated.document_id
            and quantities.part = repeated.part
            and quantities.claim_name = repeated.claim_name
    inner join {{ ref('stg_claims') }} as sources on quantities.claim_id = sources.claim_id
    left join {{ ref('stg_claims') }} as wholes on quantities.whole_claim_id = wholes.claim_id

),

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
    from stated
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
