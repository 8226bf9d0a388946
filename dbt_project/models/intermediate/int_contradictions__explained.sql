-- Grain: one row per check that fails and figure or statement of it that another one clears.
-- Where one amount alone stands in everything that fails together, and all of that holds with what
-- it should read, the others have only failed beside it. One check that fails clears nobody: which
-- of its amounts is wrong is no more than likely.
with

culprits as (

    select
        document_id,
        fault_number,
        list(distinct figure_id) as figure_ids,
        any_value(failing_check_ids) as failing_check_ids
    from {{ ref('stg_error_locations') }}
    where is_located and solution_rank = 1 and cause = 'figures'
    group by document_id, fault_number
    having
        count(distinct coalesce(nullif(family_id, ''), figure_id)) = 1
        and bool_and(suggested_yuan is not null)
        and bool_and(len(repaired_check_ids) = len(failing_check_ids))
        and len(any_value(failing_check_ids)) > 1

),

failing as (

    select
        document_id,
        fault_number,
        unnest(failing_check_ids) as check_id
    from culprits

),

bound as (

    select distinct
        failing.document_id,
        failing.fault_number,
        failing.check_id,
        checks.identity_id,
        checks.scope_key,
        terms.figure_id,
        coalesce(printings.family_id, terms.figure_id) as quantity_id
    from failing
    inner join {{ ref('int_identity_checks__attributed') }} as checks
        on failing.document_id = checks.document_id and failing.check_id = checks.check_id
    inner join {{ ref('int_identity_terms__resolved') }} as terms
        on
            checks.document_id = terms.document_id
            and checks.identity_id = terms.identity_id
            and checks.scope_key = terms.scope_key
    left join {{ ref('int_printings__equal') }} as printings
        on
            terms.document_id = printings.document_id
            and terms.figure_id = printings.figure_id
    where terms.figure_id is not null and {{ is_added_up('terms.side') }}

),

-- Amounts that stand in everything that fails together.
everywhere as (

    select
        bound.document_id,
        bound.fault_number,
        bound.quantity_id
    from bound
    inner join culprits
        on
            bound.document_id = culprits.document_id
            and bound.fault_number = culprits.fault_number
    group by
        bound.document_id, bound.fault_number, bound.quantity_id, culprits.failing_check_ids
    having count(distinct bound.check_id) = len(culprits.failing_check_ids)

),

certain as (

    select
        document_id,
        fault_number
    from everywhere
    group by document_id, fault_number
    having count(*) = 1

)

select distinct
    bound.document_id,
    bound.identity_id,
    bound.scope_key,
    bound.figure_id
from bound
inner join certain
    on bound.document_id = certain.document_id and bound.fault_number = certain.fault_number
inner join culprits
    on bound.document_id = culprits.document_id and bound.fault_number = culprits.fault_number
where not list_contains(culprits.figure_ids, bound.figure_id)
