-- Grain: one row per document, identity and scope key at which both sides are printed.
-- Set-based: an identity added to the catalogue is evaluated without a change here.
with

judged as (

    select * from {{ ref('int_identity_sides__judged') }}

),

tiers as (

    select * from {{ ref('tiers') }}

),

tiered as (

    select
        judged.document_id,
        judged.identity_id,
        judged.scope_key,
        judged.term_key,
        judged.left_yuan,
        judged.right_yuan,
        judged.difference_yuan,
        judged.unit,
        judged.found_terms,
        judged.printed_terms,
        judged.missing_terms,
        judged.is_of_statements,
        judged.is_truncating,
        doubted.doubt,
        case
            when
                judged.precise_tier in ('copy_mismatch', 'violation')
                and judged.has_trimmed
                and abs(judged.judged_gap) < judged.own_reach
                then 'coarse_precision'
            when judged.precise_tier in ('copy_mismatch', 'violation') and doubted.doubt is not null
                then 'not_evaluable'
            when judged.precise_tier = 'exact' and judged.gap <> 0 then 'rounding_likely'
            else judged.precise_tier
        end as tier
    from judged
    left join {{ ref('int_identity_sides__doubted') }} as doubted
        on
            judged.document_id = doubted.document_id
            and judged.identity_id = doubted.identity_id
            and judged.scope_key = doubted.scope_key
            and judged.form_key = doubted.form_key
            and judged.term_key = doubted.term_key

),

-- Identities that speak of the same money only where another identity holds.
grounds as (

    select
        identity_id,
        form as ground_id
    from {{ ref('identity_terms') }}
    where side = 'when_holds'

),

grounds_given as (

    select
        tiered.document_id,
        grounds.identity_id
    from tiered
    inner join grounds on tiered.identity_id = grounds.ground_id
    inner join tiers on tiered.tier = tiers.tier
    where tiers.is_evaluated
    group by tiered.document_id, grounds.identity_id
    having bool_and(not tiers.fails)

),

grounded as (

    select tiered.*
    from tiered
    left join grounds_given
        on
            tiered.document_id = grounds_given.document_id
            and tiered.identity_id = grounds_given.identity_id
    where
        (
            grounds_given.identity_id is not null
            or tiered.identity_id not in (select grounds.identity_id from grounds)
        )
        -- What the prose does not state is no gap in it; int_identities__unevaluated says so once.
        and not (tiered.tier = 'not_evaluable' and tiered.is_of_statements)

),

-- An identity may hold in one of several ways; its terms list the likeliest first.
ways as (

    select identity_id
    from {{ ref('identity_terms') }}
    group by identity_id
    having count(distinct scope_key) > 1

),

picked as (

    select * from grounded
    where identity_id not in (select ways.identity_id from ways)
    union all
    select grounded.*
    from grounded
    inner join tiers on grounded.tier = tiers.tier
    where grounded.identity_id in (select ways.identity_id from ways)
    qualify row_number() over (
            partition by grounded.document_id, grounded.identity_id, grounded.scope_key
            order by tiers.rank, grounded.found_terms & -grounded.found_terms
        ) = 1

)

select
    document_id,
    identity_id,
    scope_key,
    term_key,
    left_yuan,
    right_yuan,
    difference_yuan,
    unit,
    found_terms,
    printed_terms,
    is_truncating,
    tier,
    if(tier = 'not_evaluable' and missing_terms = 0, doubt, null) as doubt
from picked
