-- Catches: an identity that vanished for a document: neither evaluated, nor said to be not
-- applicable or not evaluable. An identity that was never evaluated must not look green.
-- Lets pass: documents that print no form and state no kind, and blank templates: no identity is
-- theirs.
-- From: DESIGN, "counted for every document".
select
    documents.document_id,
    identities.identity_id
from {{ ref('int_documents__described') }} as documents
inner join {{ ref('identities') }} as identities
    on
        identities.document_kind = 'any'
        or documents.identity_kind = identities.document_kind
anti join {{ ref('fct_identity_checks') }} as checks
    on
        documents.document_id = checks.document_id
        and identities.identity_id = checks.identity_id
where not documents.is_template
