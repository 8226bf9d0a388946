-- Grain: one row per statement that a hard check of the prose evaluates.
-- As figures are judged: hard equalities prove, whatever fails beyond rounding disputes.
with

checks as (

    select
        document_id,
        tier,
        relation,
        unnest([term.figure_id for term in terms]) as claim_id
    from {{ ref('int_identity_checks__attributed') }}
    where evidence = 'narrative' and severity = 'hard'

),

verdicts as (

    select
        document_id,
        claim_id,
        bool_or(tier in {{ tiers_that_fail() }}) as is_disputed,
        bool_or(relation in ('=', '') and tier in {{ tiers_that_hold() }}) as is_proven
    from checks
    group by document_id, claim_id

)

select
    document_id,
    claim_id,
    case
        when is_disputed then 'disputed'
        when is_proven then 'proven'
        else 'unchecked'
    end as status
from verdicts
