-- Grain: one row per document and identity of its kind that no scope key could be evaluated for.
{{ config(materialized='ephemeral') }}
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

identities as (

    select * from {{ ref('identities') }}

),

covered as (

    select
        document_id,
        identity_id
    from {{ ref('int_identities__evaluated') }}
    union
    select
        document_id,
        identity_id
    from {{ ref('int_self_checks__evaluated') }}
    union
    select
        document_id,
        identity_id
    from {{ ref('int_table_checks__evaluated') }}
    union
    select
        document_id,
        identity_id
    from {{ ref('int_claim_checks__evaluated') }}
    union
    select
        document_id,
        identity_id
    from {{ ref('int_cross_checks__evaluated') }}

)

select
    documents.document_id,
    identities.identity_id,
    identities.family,
    identities.evidence
from documents
inner join identities
    on
        identities.document_kind = 'any'
        or documents.identity_kind = identities.document_kind
anti join covered
    on
        documents.document_id = covered.document_id
        and identities.identity_id = covered.identity_id
