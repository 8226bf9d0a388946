-- Grain: one row per document, kind of event and event; event_number 0 is the whole of that kind.
-- The narrative lists events as it likes: an event may have people, money, both or neither.
-- Money is what was spent in final accounts, what is budgeted in budgets, the other only where this
-- one is not stated; people and times likewise.
with

stated as (

    select
        *,
        case topic
            when 'meetings' then 'meeting' when 'training' then 'training' else 'festival'
        end as event_kind,
        item = 'event' as is_event
    from {{ ref('int_claims__published') }}
    where topic in ('meetings', 'training', 'festivals')

),

-- Of budget and actual one: that of the whole, so that its parts are parts of it.
claims as (

    select *
    from stated
    where claim_kind = 'name' or {{ role_rank('kind', 'role') }} is not null
    qualify
        role = first_value(role) over (
            partition by
                document_id, event_kind, claim_kind, is_event, if(is_event, paragraph_index, null),
                if(is_event, item_label, null)
            order by item = 'total' desc, {{ role_rank('kind', 'role') }}
        )

),

wholes as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        event_kind,
        0 as event_number,
        '' as event_name,
        max(claim_value) filter (where item = 'total' and claim_kind = 'amount') as amount_yuan,
        max(claim_value) filter (where item = 'basic' and claim_kind = 'amount') as basic_yuan,
        max(claim_value) filter (where item = 'project' and claim_kind = 'amount')
            as project_yuan,
        sum(claim_value) filter (where item = 'count' and claim_kind = 'count') as event_count,
        sum(claim_value) filter (where item = 'persons' and claim_kind = 'count')
            as person_count,
        list(claim_id order by claim_index) as claim_ids
    from claims
    where
        claim_kind in ('amount', 'count')
        and item <> 'event'
        and (statement_number = 1 or item in ('count', 'persons'))
    group by document_id, body_id, fiscal_year, kind, scope, event_kind

),

-- The claims of one event stand next to each other in one paragraph, under one name.
events as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        event_kind,
        row_number() over (
            partition by document_id, event_kind
            order by min(claim_index)
        ) as event_number,
        item_label as event_name,
        max(claim_value) filter (where claim_kind = 'amount') as amount_yuan,
        cast(null as decimal(24, 6)) as basic_yuan,
        cast(null as decimal(24, 6)) as project_yuan,
        cast(null as decimal(24, 6)) as event_count,
        max(claim_value) filter (where claim_kind = 'count') as person_count,
        list(claim_id order by claim_index) as claim_ids
    from claims
    where item = 'event' and claim_kind in ('amount', 'count', 'name') and part = 'narrative'
    group by
        document_id, body_id, fiscal_year, kind, scope, event_kind, paragraph_index,
        item_label

),

rows_of_both as (

    select * from wholes
    union all by name
    select * from events

)

select
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    event_kind,
    cast(event_number as integer) as event_number,
    event_name,
    amount_yuan,
    basic_yuan,
    project_yuan,
    cast(event_count as integer) as event_count,
    cast(person_count as integer) as person_count,
    claim_ids[1] as claim_id,
    claim_ids
from rows_of_both
