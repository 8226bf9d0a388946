-- Grain: one row per document, identity and scope key; an identity that could not be evaluated
-- anywhere in a document has one row that says why.
select
    check_id,
    document_id,
    identity_id,
    scope_key,
    evidence,
    relation,
    severity,
    left_yuan,
    right_yuan,
    difference_yuan,
    unit,
    terms,
    tier,
    attribution,
    reason
from {{ ref('int_identity_checks__attributed') }}
