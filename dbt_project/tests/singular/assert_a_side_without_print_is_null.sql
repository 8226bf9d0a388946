-- Catches: a check that calls a side 0 of which nothing is printed, or calls a side absent of which
-- something is.
-- Lets pass: identities whose sides follow from more than their terms: without a relation, or of ~.
with

checks as (

    select
        check_id,
        document_id,
        identity_id,
        scope_key,
        left_yuan,
        right_yuan,
        list_transform(terms, lambda term: struct_extract(term, 'side')) as printed_sides
    from {{ ref('fct_identity_checks') }}
    where relation not in ('', '~') and (is_held or is_failed)

)

select *
from checks
where
    (left_yuan is null) = list_contains(printed_sides, 'left')
    or (right_yuan is null) = list_contains(printed_sides, 'right')
