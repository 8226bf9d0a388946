-- Grain: one row per document and item of the three public expenses.
-- The budget of final accounts is the full-year, adjusted one; budgets have no actual. Amounts are
-- the form's, or the prose's where there is none; counts (delegations, receptions, vehicles) are
-- what the narrative states of the year: in final accounts what was, else what was budgeted.
-- Foreign guests, which few forms print, are an item also without an amount.
with

items as (

    select
        *,
        starts_with(measure, 'actual_') as is_actual,
        -- A form of several subjects counts where the one of these alone is not printed.
        (source = 'prose', coalesce(form = 'agency_information', false)) as witness_rank,
        case regexp_replace(measure, '^(budget|actual)_', '')
            when 'reception_foreign_affairs' then 'reception_foreign'
            else regexp_replace(measure, '^(budget|actual)_', '')
        end as item
    from {{ ref('int_amounts__published') }}
    where form_family = 'three_public'

),

-- What is counted of each item: times (团组, 批次), people and vehicles, all of one role, one
-- statement each.
counted as (

    select
        claim_id,
        claim_index,
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        item,
        claim_value,
        {{ role_rank('kind', 'role') }} as role_rank,
        case
            when starts_with(item, 'overseas') then 'overseas'
            when starts_with(item, 'foreign') then 'reception_foreign'
            when starts_with(item, 'reception') then 'reception'
            when item = 'vehicles_bought' then 'vehicle_purchase'
            else 'vehicle_operation'
        end as counted_of,
        case
            when item in ('overseas_groups', 'reception_batches', 'foreign_batches') then 'events'
            when item in ('overseas_persons', 'reception_persons', 'foreign_persons') then 'persons'
            when item in ('vehicles_bought', 'vehicles_held') then 'vehicles'
        end as counted
    from {{ ref('int_claims__published') }}
    where
        topic = 'three_public'
        and counted is not null
        and claim_kind = 'count'
        and statement_number = 1
        and role_rank is not null
    qualify
        rank() over (partition by document_id, counted_of order by role_rank) = 1
        and row_number() over (
            partition by document_id, counted_of, counted
            order by role_rank asc, claim_value desc nulls last, claim_index asc
        ) = 1

),

counts as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        counted_of as item,
        max(claim_value) filter (where counted = 'events') as event_count,
        max(claim_id) filter (where counted = 'events') as event_claim_id,
        max(claim_value) filter (where counted = 'persons') as person_count,
        max(claim_id) filter (where counted = 'persons') as person_claim_id,
        max(claim_value) filter (where counted = 'vehicles') as vehicle_count,
        max(claim_id) filter (where counted = 'vehicles') as vehicle_claim_id
    from counted
    group by all

),

-- A form prints one row, or one of the budget and one of the actual; of several (a breakdown by
-- unit) the first is the department's. Blank beside a number is blank in that row, whatever the
-- rows below print.
sided as (

    select
        *,
        bool_or(is_actual) over of_row and bool_or(not is_actual) over of_row as is_of_both
    from items
    where
        item in (
            'total', 'overseas', 'vehicle', 'vehicle_purchase', 'vehicle_operation', 'reception',
            'reception_domestic', 'reception_foreign'
        )
    window of_row as (partition by document_id, source, form, row_index)

),

beginning as (

    select
        *,
        first_value(witness_rank) over of_item as first_rank,
        first_value(is_of_both) over of_item as is_first_of_both
    from sided
    window of_item as (partition by document_id, item order by witness_rank, row_index)

),

firsts as (

    select *
    from beginning
    where witness_rank = first_rank and is_of_both = is_first_of_both
    qualify
        rank() over (
            partition by document_id, item, if(is_of_both, null, is_actual) order by row_index
        ) = 1

),

-- Where a row prints two amounts of one item, the larger one, with its own figure.
chosen as (

    select *
    from firsts
    qualify
        row_number() over (
            partition by document_id, item, is_actual
            order by amount_yuan desc nulls last, figure_id asc, claim_id asc
        ) = 1

),

amounts as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        item,
        source,
        max(amount_yuan) filter (where not is_actual) as budget_yuan,
        max(amount_yuan) filter (where is_actual) as actual_yuan,
        max(figure_id) filter (where not is_actual) as budget_figure_id,
        max(figure_id) filter (where is_actual) as actual_figure_id,
        max(claim_id) filter (where not is_actual) as budget_claim_id,
        max(claim_id) filter (where is_actual) as actual_claim_id,
        max(printed_unit) as printed_unit,
        max(printed_scale) as printed_scale,
        max(status) filter (where not is_actual) as budget_status,
        max(status) filter (where is_actual) as actual_status
    from chosen
    group by document_id, body_id, fiscal_year, kind, scope, item, source

),

-- Guests are counted also where no amount is stated apart.
guests as (

    select *
    from counts
    where
        item = 'reception_foreign'
        and not exists (
            select amounts.document_id
            from amounts
            where amounts.document_id = counts.document_id and amounts.item = counts.item
        )

)

select
    amounts.document_id,
    amounts.body_id,
    amounts.fiscal_year,
    amounts.kind,
    amounts.scope,
    amounts.item,
    amounts.budget_yuan,
    amounts.actual_yuan,
    amounts.budget_figure_id,
    amounts.actual_figure_id,
    amounts.printed_unit,
    amounts.printed_scale,
    amounts.budget_status,
    amounts.actual_status,
    cast(counts.event_count as integer) as event_count,
    cast(counts.person_count as integer) as person_count,
    cast(counts.vehicle_count as integer) as vehicle_count,
    counts.event_claim_id,
    counts.person_claim_id,
    counts.vehicle_claim_id,
    amounts.source,
    amounts.budget_claim_id,
    amounts.actual_claim_id
from amounts
left join counts
    on amounts.document_id = counts.document_id and amounts.item = counts.item
union all
select
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    item,
    null as budget_yuan,
    null as actual_yuan,
    null as budget_figure_id,
    null as actual_figure_id,
    null as printed_unit,
    null as printed_scale,
    null as budget_status,
    null as actual_status,
    cast(event_count as integer) as event_count,
    cast(person_count as integer) as person_count,
    cast(vehicle_count as integer) as vehicle_count,
    event_claim_id,
    person_claim_id,
    vehicle_claim_id,
    'prose' as source,
    null as budget_claim_id,
    null as actual_claim_id
from guests
