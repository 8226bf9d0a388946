-- Grain: one row per document, project and economic item; economic_label '' is the project's total.
-- From the appended report and, where a province prints it, the form of project expenditure.
with

claims as (

    select
        published.*,
        keyed.item_code as economic_code,
        published.item in ('item', 'class') as is_part
    from {{ ref('int_claims__published') }} as published
    inner join {{ ref('int_claims__keyed') }} as keyed on published.claim_id = keyed.claim_id
    where published.topic = 'project' and published.statement_number = 1

),

stated as (

    select
        document_id,
        department_id,
        fiscal_year,
        kind,
        scope,
        if(is_part, group_label, item_label) as project_name,
        if(is_part, item_label, '') as economic_label,
        max(economic_code) filter (where is_part) as economic_code,
        max(claim_value) filter (where item in ('total', 'item', 'class') and role <> 'income')
            as amount_yuan,
        max(claim_value) filter (where item = 'income') as income_yuan,
        min(claim_id) as claim_id,
        max(unit) as printed_unit,
        max(printed_scale) as printed_scale
    from claims
    where claim_kind = 'amount' and item in ('total', 'income', 'item', 'class')
    group by document_id, department_id, fiscal_year, kind, scope, is_part, group_label, item_label

),

rates as (

    select
        document_id,
        item_label as project_name,
        max(claim_value) as completion_percent,
        min(claim_id) as completion_claim_id
    from claims
    where claim_kind = 'completion' and not is_part
    group by document_id, item_label

),

printed as (

    select
        document_id,
        department_id,
        fiscal_year,
        kind,
        scope,
        row_label as project_name,
        amount_yuan,
        figure_id,
        printed_unit,
        printed_scale
    from {{ ref('int_figures__published') }}
    where
        form_family = 'project' and measure = 'total' and row_code = '' and line <> 'total'
    qualify row_number() over (partition by document_id, row_label order by form, row_index) = 1

)

select
    stated.document_id,
    stated.department_id,
    stated.fiscal_year,
    stated.kind,
    stated.scope,
    'report' as source,
    stated.project_name,
    stated.economic_label,
    nullif(stated.economic_code, '') as economic_code,
    stated.amount_yuan,
    stated.income_yuan,
    rates.completion_percent,
    stated.claim_id,
    rates.completion_claim_id,
    cast(null as varchar) as figure_id,
    stated.printed_unit,
    stated.printed_scale
from stated
left join rates
    on
        stated.document_id = rates.document_id
        and stated.project_name = rates.project_name
        and stated.economic_label = ''
union all
select
    document_id,
    department_id,
    fiscal_year,
    kind,
    scope,
    'form' as source,
    project_name,
    '' as economic_label,
    null as economic_code,
    amount_yuan,
    null as income_yuan,
    null as completion_percent,
    null as claim_id,
    null as completion_claim_id,
    figure_id,
    printed_unit,
    printed_scale
from printed
