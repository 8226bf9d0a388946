-- Grain: one row per check of a signed sum that could be evaluated and blank cell that it would add
-- up, of documents that contradict themselves: what belongs into it may be printed a row beside.
with

contradicting as (

    select document_id
    from {{ ref('int_identity_checks__attributed') }}
    where severity = 'hard' and tier = 'violation'

)

select
    checks.document_id,
    checks.check_id,
    terms.form,
    terms.section,
    terms.measure,
    terms.row_index,
    cast(sum(terms.sign * if(terms.side = 'left', 1, -1)) as integer) as sign
from {{ ref('int_identity_terms__resolved') }} as terms
{{ join_identity_checks() }}
semi join contradicting on terms.document_id = contradicting.document_id
where
    terms.figure_id is null
    and terms.row_index is not null
    and terms.side in ('left', 'right')
    and checks.severity = 'hard'
    and checks.tier not in ('not_applicable', 'not_evaluable')
group by
    checks.document_id, checks.check_id, terms.form, terms.section, terms.measure, terms.row_index
