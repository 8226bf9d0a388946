-- Grain: one row per statement of a quantity whose name stands in several paragraphs of its part.
-- The quantity is its part, subject and name, its fund, and the whole that it is a part of.
{{ config(materialized='ephemeral') }}
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

)

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
