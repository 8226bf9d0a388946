-- Grain: one row per share, completion rate and growth that the prose states for the document's own
-- year, with the identity that judges it.
{{ config(materialized='ephemeral') }}
with

claims as (

    select
        claim_id,
        document_id,
        claim_index,
        paragraph_index,
        part,
        topic,
        item,
        topic || '.' || item as thing,
        role,
        loose_label,
        group_label,
        is_part_of_class,
        claim_name,
        claim_kind,
        claim_value,
        base,
        half_step,
        own_half_step
    from {{ ref('int_claims__keyed') }}
    where
        claim_value is not null
        and is_own_year
        and unit in ('%', '')
        -- Shares of the kinds of procurement have no amount of their own: proc_sme_by_kind.
        and not starts_with(item, 'sme_in_')

),

-- The identity of a sort of ratio: the narrowest line of the seed that it fits.
sorts as (

    select
        said.claim_kind,
        said.topic,
        said.item,
        arg_min(listed.identity_id, (listed.topic = '*', listed.item = '*')) as identity_id
    from (
        select distinct
            claims.claim_kind,
            claims.topic,
            claims.item
        from claims
    ) as said
    inner join {{ ref('ratio_identities') }} as listed
        on
            said.claim_kind = listed.claim_kind
            and listed.topic in (said.topic, '*')
            and said.item glob listed.item
    group by said.claim_kind, said.topic, said.item

)

select
    claims.*,
    sorts.identity_id
from claims
inner join sorts
    on
        claims.claim_kind = sorts.claim_kind
        and claims.topic = sorts.topic
        and claims.item = sorts.item
