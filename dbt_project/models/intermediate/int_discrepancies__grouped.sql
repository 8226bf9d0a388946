-- Grain: one row per set of figures or claims that a failing check binds, of every document.
-- Checks that bind the very same figures (a code and its only child, say) are one row, which names
-- them all; the one that must hold stands for them.
with

checks as (

    select *
    from {{ ref('int_identity_checks__attributed') }}
    where is_evaluated and not is_held

),

bound as (

    select
        check_id,
        list(distinct figure_id order by figure_id) as figure_ids
    from (
        select
            check_id,
            struct_extract(unnest(terms), 'figure_id') as figure_id
        from {{ ref('fct_identity_checks') }}
        where check_id in (select checks.check_id from checks)
    ) as failing
    group by check_id

)

select
    checks.check_id,
    checks.document_id,
    checks.identity_id,
    checks.scope_key,
    array_to_string(list_sort(list(checks.identity_id) over same_figures), ', ') as identity_ids,
    cast(count(*) over same_figures as integer) as check_count,
    case
        when accepted.check_id is not null then 'accepted'
        when checks.is_beyond_rounding and checks.severity = 'hard' then 'violation'
        else 'info'
    end as level,
    coalesce(accepted.accepted_reason, '') as accepted_reason
from checks
left join bound on checks.check_id = bound.check_id
left join {{ ref('int_checks__accepted') }} as accepted on checks.check_id = accepted.check_id
window
    same_figures as (
        partition by checks.document_id, coalesce(bound.figure_ids, [checks.check_id])
    )
qualify row_number() over (
        partition by checks.document_id, coalesce(bound.figure_ids, [checks.check_id])
        order by checks.severity asc, checks.identity_id desc
    ) = 1
