-- Grain: one row per document and item (类, 款 or 项) whose execution the narrative explains, and one
-- for the whole of each fund (functional_code '').
-- The code is that of the form row which the item names, else that of the name of a 类, which forms
-- leave out where nothing was spent; null where neither is known.
with

claims as (

    select
        *,
        topic as fund_name,
        {{ role_rank('kind', 'role') }} as role_rank
    from {{ ref('int_claims__published') }}
    where
        topic in ('general_budget', 'government_fund', 'state_capital')
        and item in ('total', 'class', 'subclass', 'item')
        and part = 'narrative'

),

codes as (

    select
        claim_id,
        min(row_code) as functional_code
    from {{ ref('int_claims__matched') }}
    group by claim_id

),

class_codes as (

    select * from {{ ref('int_function_classes__named') }}

),

figures as (

    select
        document_id,
        form_topic,
        row_code,
        min(figure_id) as figure_id
    from {{ ref('int_figures__published') }}
    where form_family = 'expenditure' and measure = 'total'
    group by document_id, form_topic, row_code

),

items as (

    select
        claims.document_id,
        claims.body_id,
        claims.fiscal_year,
        claims.kind,
        claims.scope,
        claims.fund_name,
        claims.item,
        claims.item_label,
        coalesce(min(codes.functional_code), min(class_codes.functional_code)) as functional_code,
        max(claims.claim_value) filter (
            where claims.claim_kind = 'amount' and claims.role = 'opening_budget'
        ) as opening_budget_yuan,
        arg_min(claims.claim_value, claims.role_rank) filter (
            where
            claims.claim_kind = 'amount'
            and claims.role in ('budget', 'adjusted_budget')
        ) as budget_yuan,
        max(claims.claim_value) filter (
            where claims.claim_kind = 'amount' and claims.role = 'actual'
        ) as actual_yuan,
        max(claims.claim_value) filter (where claims.claim_kind = 'completion')
            as completion_percent,
        arg_min(claims.claim_value, claims.role_rank) filter (where claims.claim_kind = 'share')
            as share_percent,
        max(claims.direction) filter (where claims.claim_kind = 'comparison') as comparison,
        arg_min(claims.sentence, claims.claim_index) filter (
            where claims.claim_kind = 'comparison'
        ) as reason_text,
        {{ of_largest('claims.claim_id') }} filter (
            where claims.claim_kind = 'amount' and claims.role = 'opening_budget'
        ) as opening_budget_claim_id,
        {{ of_largest('claims.claim_id') }} filter (
            where claims.claim_kind = 'amount' and claims.role = 'actual'
        ) as actual_claim_id,
        first(claims.claim_id order by claims.claim_index) as claim_id
    from claims
    left join codes on claims.claim_id = codes.claim_id
    left join class_codes
        on
            claims.item = 'class'
            and {{ function_class_name('claims.lei_name') }} = class_codes.class_name
    where
        claims.claim_kind in ('amount', 'completion', 'share', 'comparison')
        and claims.statement_number = 1
    group by
        claims.document_id, claims.body_id, claims.fiscal_year, claims.kind, claims.scope,
        claims.fund_name, claims.item, claims.item_label

)

select
    items.document_id,
    items.body_id,
    items.fiscal_year,
    items.kind,
    items.scope,
    items.fund_name,
    case items.item
        when 'class' then 'lei' when 'subclass' then 'kuan' when 'item' then 'xiang' else 'total'
    end as level,
    items.item_label,
    items.functional_code,
    items.opening_budget_yuan,
    items.budget_yuan,
    items.actual_yuan,
    items.completion_percent,
    items.share_percent,
    coalesce(items.comparison, '') as comparison,
    coalesce(items.reason_text, '') as reason_text,
    items.claim_id,
    items.opening_budget_claim_id,
    items.actual_claim_id,
    figures.figure_id
from items
left join figures
    on
        items.document_id = figures.document_id
        and items.functional_code = figures.row_code
        and items.fund_name = figures.form_topic
