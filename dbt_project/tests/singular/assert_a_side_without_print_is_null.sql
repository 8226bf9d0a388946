-- Catches: a check that calls a side 0 of which nothing is printed, or calls a side absent of which
-- something is.
-- Lets pass: identities without a relation, whose sides follow from more than their terms.
select
    check_id,
    document_id,
    identity_id,
    scope_key,
    left_yuan,
    right_yuan,
    terms
from {{ ref('fct_identity_checks') }}
where
    relation <> ''
    and tier in {{ tiers_evaluated() }}
    and (
        (left_yuan is null) = list_contains([term.side for term in terms], 'left')
        or (right_yuan is null) = list_contains([term.side for term in terms], 'right')
    )
