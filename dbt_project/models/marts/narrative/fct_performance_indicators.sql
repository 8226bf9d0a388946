-- Grain: one row per statement of something reported as achieved: counts, rates, money, and the
-- income, outlay and balance of funds. A narrative and the report bound in may both state it;
-- statement_number 1 counts each once.
select
    claim_id,
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    part,
    section,
    item as indicator_kind,
    item_label as indicator_name,
    group_label,
    claim_kind as value_kind,
    claim_value as indicator_value,
    value_text,
    unit as printed_unit,
    coalesce(year, fiscal_year) as indicator_year,
    whole_claim_id,
    cast(statement_number as integer) as statement_number,
    sentence
from {{ ref('int_claims__published') }}
where
    topic = 'performance'
    and item in ('indicator', 'fund_income', 'fund_outlay', 'fund_balance')
    and claim_value is not null
