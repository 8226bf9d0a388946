-- Grain: one row per statement, and per figure held against one, that a hard check of the prose
-- evaluates. A figure's status here is what the prose says of it, and not its own.
-- As figures are judged: hard equalities prove, whatever fails beyond rounding disputes unless it
-- failed beside a culprit, and a culprit is not proven. What only goes the same way proves nothing.
with

checks as (

    select * from {{ ref('int_identity_checks__attributed') }}
    where evidence = 'narrative' and severity = 'hard'

),

-- What each of them binds, by the way in which it was judged.
bound as (

    select
        document_id,
        identity_id,
        scope_key,
        term_key,
        figure_id as claim_id
    from {{ ref('int_identity_terms__resolved') }}
    where side in ('left', 'right') and figure_id is not null
    union all
    select
        document_id,
        identity_id,
        scope_key,
        '' as term_key,
        struct_extract(unnest(terms), 'figure_id') as claim_id
    from {{ ref('int_claim_checks__evaluated') }}

),

verdicts as (

    select
        bound.document_id,
        bound.claim_id,
        bool_or(checks.is_beyond_rounding and cleared.figure_id is null) as is_disputed,
        bool_or(checks.relation in ('=', '') and checks.is_held) as is_proven
    from bound
    inner join checks
        on
            bound.document_id = checks.document_id
            and bound.identity_id = checks.identity_id
            and bound.scope_key = checks.scope_key
            and bound.term_key = checks.term_key
    left join {{ ref('int_contradictions__explained') }} as cleared
        on
            bound.document_id = cleared.document_id
            and bound.identity_id = cleared.identity_id
            and bound.scope_key = cleared.scope_key
            and bound.claim_id = cleared.figure_id
    group by bound.document_id, bound.claim_id

),

culprits as (

    select distinct figure_id as claim_id
    from {{ ref('stg_error_locations') }}
    where is_located and solution_rank = 1

)

select
    verdicts.document_id,
    verdicts.claim_id,
    case
        when verdicts.is_disputed then 'disputed'
        when verdicts.is_proven and culprits.claim_id is null then 'proven'
        else 'unchecked'
    end as status
from verdicts
left join culprits on verdicts.claim_id = culprits.claim_id
