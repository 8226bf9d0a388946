-- Grain: one row per identity of the catalogue, whether or not any document could be held to it.
with

identities as (

    select * from {{ ref('identities') }}

),

checks as (

    select
        checks.identity_id,
        count(distinct checks.document_id) filter (where tiers.is_evaluated) as document_count,
        count(*) filter (where tiers.is_evaluated) as evaluated_count,
        count(*) filter (where tiers.holds) as held_count,
        count(*) filter (where tiers.tier = 'exact') as exact_count,
        count(*) filter (where tiers.fails) as failed_count,
        count(*) filter (where tiers.tier = 'ambiguous') as ambiguous_count,
        count(*) filter (where tiers.tier = 'not_applicable') as not_applicable_count,
        count(*) filter (where tiers.tier = 'not_evaluable') as not_evaluable_count
    from {{ ref('fct_identity_checks') }} as checks
    inner join {{ ref('tiers') }} as tiers on checks.tier = tiers.tier
    group by checks.identity_id

)

select
    identities.identity_id,
    identities.family,
    identities.document_kind,
    identities.evidence,
    identities.severity,
    identities.formula,
    identities.meaning_en,
    identities.meaning_zh,
    coalesce(identities.exceptions, '') as exceptions,
    cast(coalesce(checks.document_count, 0) as integer) as document_count,
    cast(coalesce(checks.evaluated_count, 0) as integer) as evaluated_count,
    cast(coalesce(checks.held_count, 0) as integer) as held_count,
    cast(coalesce(checks.exact_count, 0) as integer) as exact_count,
    cast(coalesce(checks.failed_count, 0) as integer) as failed_count,
    cast(coalesce(checks.ambiguous_count, 0) as integer) as ambiguous_count,
    cast(coalesce(checks.not_applicable_count, 0) as integer) as not_applicable_count,
    cast(coalesce(checks.not_evaluable_count, 0) as integer) as not_evaluable_count,
    cast(checks.held_count / nullif(checks.evaluated_count, 0) as decimal(9, 6)) as held_ratio
from identities
left join checks on identities.identity_id = checks.identity_id
