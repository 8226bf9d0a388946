-- Grain: one row per document, identity and scope key; an identity that could not be evaluated
-- anywhere in a document has one row that says why.
select
    checks.check_id,
    checks.document_id,
    checks.identity_id,
    checks.scope_key,
    checks.evidence,
    checks.relation,
    checks.severity,
    checks.left_yuan,
    checks.right_yuan,
    checks.difference_yuan,
    checks.unit,
    coalesce(bound.terms, []) as terms,
    checks.tier,
    checks.verdict,
    checks.is_held,
    checks.is_evaluated and not checks.is_held as is_failed,
    checks.attribution,
    checks.reason
from {{ ref('int_identity_checks__attributed') }} as checks
left join {{ ref('int_check_terms__gathered') }} as bound
    on
        checks.document_id = bound.document_id
        and checks.identity_id = bound.identity_id
        and checks.scope_key = bound.scope_key
        and checks.term_key = bound.term_key
