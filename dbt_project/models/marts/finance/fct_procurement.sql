-- Grain: one row per document and item of government procurement; the items `by_fund` and
-- `by_organiser` have a row for each label.
-- Amounts are the form's, or the prose's where the form does not print them; shares are what the
-- narrative states, per cent of their base: of what was bought in final accounts, of what is
-- budgeted in budgets.
with

-- Budgets list goods, works and services down the side, final accounts across.
named as (

    select
        * exclude (measure),
        if(
            source = 'form' and kind = 'budget' and line in ('goods', 'works', 'services')
            and measure = 'total',
            line,
            measure
        ) as measure
    from {{ ref('int_amounts__published') }}
    where form_family = 'procurement'

),

amounts as (

    select
        *,
        if(source = 'form', '', row_label) as item_label
    from named
    where
        (source = 'prose' or kind <> 'budget' or line in ('total', measure))
        and (
            source = 'prose'
            or measure in ('total', 'goods', 'works', 'services', 'sme', 'micro')
        )
    -- A form prints one total; of several rows (a breakdown by unit) the first is the department's.
    qualify row_number() over (
            partition by document_id, measure, item_label
            order by source, line <> 'total', row_index, claim_id
        ) = 1

),

shares as (

    select *
    from {{ ref('int_claims__published') }}
    where
        topic = 'procurement'
        and role in ('actual', 'budget')
        and claim_kind = 'share'
        and statement_number = 1
    qualify row_number() over (
            partition by document_id, item, item_label
            order by {{ role_rank('kind', 'role') }}, claim_index
        ) = 1

)

select
    coalesce(amounts.document_id, shares.document_id) as document_id,
    coalesce(amounts.body_id, shares.body_id) as body_id,
    coalesce(amounts.fiscal_year, shares.fiscal_year) as fiscal_year,
    coalesce(amounts.kind, shares.kind) as kind,
    coalesce(amounts.scope, shares.scope) as scope,
    coalesce(amounts.measure, shares.item) as item,
    case coalesce(amounts.measure, shares.item)
        when 'by_fund' then 'fund' when 'by_organiser' then 'organiser' else ''
    end as breakdown,
    coalesce(amounts.item_label, shares.item_label) as item_label,
    amounts.amount_yuan,
    shares.claim_value as share_percent,
    regexp_replace(shares.base, '^procurement\.', '') as share_base,
    coalesce(amounts.source, 'prose') as source,
    amounts.figure_id as amount_figure_id,
    amounts.claim_id as amount_claim_id,
    shares.claim_id as share_claim_id,
    amounts.printed_unit,
    amounts.printed_scale
from amounts
full join shares
    on
        amounts.document_id = shares.document_id
        and amounts.measure = shares.item
        and amounts.item_label = shares.item_label
