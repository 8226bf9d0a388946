-- Catches: a hard identity that fails in a document whose print was read once only, or read in two
-- ways. Such a document is quarantined: facts leave it out until the print is certain.
-- Lets pass: what both readings agree on (assert_no_document_contradicts_itself warns of it).
-- From: DESIGN, "Identities": fails_unconfirmed and misread are errors.
-- It reads a model that nothing else reads, so its failure stops no other model.
{{ config(severity='error') }}

select
    check_id,
    document_id,
    file_name,
    identity_id,
    scope_key,
    attribution,
    formula,
    left_yuan,
    right_yuan,
    difference_yuan,
    place
from {{ ref('fct_discrepancies') }}
where level = 'violation' and attribution in ('fails_unconfirmed', 'misread')
