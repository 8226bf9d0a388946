-- Grain: one row per statement of a change or growth whose paragraph states one amount of this year
-- and one of the year that it compares with.
{{ config(materialized='ephemeral') }}
with

claims as (

    select
        claims.*,
        claims.topic || '.' || claims.item as thing,
        documents.fiscal_year
    from {{ ref('int_claims__keyed') }} as claims
    inner join {{ ref('int_documents__described') }} as documents
        on claims.document_id = documents.document_id
    where claims.claim_value is not null and claims.topic not in ('reasons', 'performance')

),

-- Paragraphs that say how anything moved.
moving as (

    select distinct
        document_id,
        paragraph_index
    from claims
    where claim_kind in ('change', 'growth')

),

-- What a paragraph states one amount of, of this year or of the one before.
amounts as (

    select
        claims.document_id,
        claims.part,
        claims.paragraph_index,
        claims.thing,
        claims.loose_label,
        claims.group_label,
        claims.role,
        claims.is_money,
        min(claims.claim_id) as claim_id,
        min(claims.claim_value) as claim_value,
        max(claims.own_half_step) as half
    from claims
    semi join moving
        on
            claims.document_id = moving.document_id
            and claims.paragraph_index = moving.paragraph_index
    where
        claims.claim_kind in ('amount', 'count')
        and claims.claim_value >= 0
        and if(
            claims.role in ('prior_final', 'prior_budget', 'prior_execution'),
            claims.year is null or claims.year = claims.fiscal_year - 1,
            claims.role in ('actual', 'budget') and claims.is_own_year
        )
    group by all
    having min(claims.claim_value) = max(claims.claim_value)

)

select
    changes.document_id,
    changes.claim_id,
    changes.claim_index,
    changes.claim_name,
    changes.claim_kind,
    changes.base,
    changes.claim_value as said,
    changes.own_half_step as said_half,
    current_year.claim_id as now_id,
    current_year.claim_value as now_value,
    current_year.half as now_half,
    earlier.claim_id as prior_id,
    earlier.claim_value as prior_value,
    earlier.half as prior_half,
    -- 基本持平 allows for what it does not say.
    regexp_matches(changes.sentence, '(基本|大致|大体)(持平|一致|相当|相同)') as is_loose
from claims as changes
inner join amounts as current_year
    on
        changes.document_id = current_year.document_id
        and changes.part = current_year.part
        and changes.paragraph_index = current_year.paragraph_index
        and changes.thing = current_year.thing
        and changes.loose_label = current_year.loose_label
        and changes.group_label = current_year.group_label
        and changes.role = current_year.role
inner join amounts as earlier
    on
        current_year.document_id = earlier.document_id
        and current_year.part = earlier.part
        and current_year.paragraph_index = earlier.paragraph_index
        and current_year.thing = earlier.thing
        and current_year.loose_label = earlier.loose_label
        and current_year.group_label = earlier.group_label
        and current_year.is_money = earlier.is_money
        and changes.base = earlier.role
where
    changes.is_own_year
    and changes.role in ('actual', 'budget')
    and (changes.comparison_year is null or changes.comparison_year = changes.fiscal_year - 1)
    and (
        changes.claim_kind = 'growth' and changes.unit = '%'
        or changes.claim_kind = 'change'
        and (changes.is_money = current_year.is_money or changes.claim_value = 0)
    )
