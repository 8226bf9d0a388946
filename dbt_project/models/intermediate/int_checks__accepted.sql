-- Grain: one row per check whose failure somebody has looked into and accepted.
{{ config(materialized='ephemeral') }}
select
    checks.check_id,
    min(exceptions.reason || ' (' || exceptions.author || ', ' || exceptions.accepted_on || ')')
        as accepted_reason
from {{ ref('int_identity_checks__attributed') }} as checks
inner join {{ ref('int_documents__ranked') }} as documents
    on checks.document_id = documents.document_id
inner join {{ ref('accepted_exceptions') }} as exceptions
    on
        checks.identity_id = exceptions.identity_id
        and (
            coalesce(exceptions.scope_key, '') = ''
            or checks.scope_key = exceptions.scope_key
        )
        and (
            checks.document_id = exceptions.document_id
            or coalesce(exceptions.document_id, '') = ''
            and documents.department_name = exceptions.department_name
            and documents.fiscal_year = exceptions.fiscal_year
        )
where checks.tier not in ('exact', 'not_applicable', 'not_evaluable')
group by checks.check_id
