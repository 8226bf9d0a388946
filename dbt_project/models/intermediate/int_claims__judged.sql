-- Grain: one row per statement that a hard check of the prose evaluates.
-- As figures are judged: hard equalities prove, whatever fails beyond rounding disputes.
with

checks as (

    select
        checks.document_id,
        checks.tier,
        checks.relation,
        unnest([term.figure_id for term in bound.terms]) as claim_id
    from {{ ref('int_identity_checks__attributed') }} as checks
    inner join {{ ref('int_check_terms__gathered') }} as bound
        on
            checks.document_id = bound.document_id
            and checks.identity_id = bound.identity_id
            and checks.scope_key = bound.scope_key
    where checks.evidence = 'narrative' and checks.severity = 'hard'

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
