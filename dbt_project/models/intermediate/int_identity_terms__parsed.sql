-- Grain: one row per identity, term and form that the term may select from.
-- The little language of the selectors is described in the documentation of identity_terms.
{{ config(materialized='ephemeral') }}
with

identities as (

    select
        identity_id,
        document_kind,
        evidence = 'narrative' as is_of_prose,
        string_split(scope, ',') as scopes
    from {{ ref('identities') }}

)

select
    terms.identity_id,
    terms.term_no,
    terms.side,
    terms.sign,
    terms.required,
    coalesce(terms.scope_key, '') as term_key,
    split_part(coalesce(terms.scope_key, ''), '/', 1) as opened_key,
    unnest(string_split(terms.form, '|')) as form,
    coalesce(terms.section, '') as section,
    split_part(terms.rows, ':', 1) as selector,
    string_split(split_part(terms.rows, ':', 2), '|') as selected,
    not contains(terms.rows, ':') as selects_all,
    string_split(terms.measures, '|') as measures,
    identities.document_kind,
    identities.is_of_prose,
    list_contains(identities.scopes, 'form') as by_form,
    list_has_any(identities.scopes, ['code', 'line']) as by_row,
    list_contains(identities.scopes, 'measure') as by_measure,
    list_contains(identities.scopes, 'claim') as by_claim,
    list_contains(identities.scopes, 'group') as by_group
from {{ ref('identity_terms') }} as terms
inner join identities on terms.identity_id = identities.identity_id
