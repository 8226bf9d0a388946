-- Grain: one row per document and figure or statement that a hard identity binds and that identity
-- fails: what is to be read again.
select distinct
    terms.document_id,
    terms.figure_id
from {{ ref('int_identity_terms__resolved') }} as terms
semi join {{ ref('int_identity_checks__attributed') }} as checks
    on
        terms.document_id = checks.document_id
        and terms.identity_id = checks.identity_id
        and terms.scope_key = checks.scope_key
        and checks.tier = 'violation'
        and checks.severity = 'hard'
where terms.figure_id is not null and {{ is_added_up('terms.side') }}
