-- Grain: one row per check of a signed sum that could be evaluated, with what it adds up.
with

signed_terms as (

    select
        terms.document_id,
        terms.identity_id,
        terms.scope_key,
        terms.term_key,
        terms.figure_id,
        cast(sum(terms.sign * if(terms.side = 'left', 1, -1)) as integer) as sign
    from {{ ref('int_identity_terms__resolved') }} as terms
    where terms.figure_id is not null and terms.side in ('left', 'right')
    group by
        terms.document_id, terms.identity_id, terms.scope_key, terms.term_key, terms.figure_id

)

select
    checks.document_id,
    checks.check_id,
    checks.identity_id,
    checks.relation,
    checks.severity,
    checks.tier,
    list(signed_terms.figure_id order by signed_terms.figure_id) as figure_ids,
    list(signed_terms.sign order by signed_terms.figure_id) as signs
from {{ ref('int_identity_checks__attributed') }} as checks
-- A statement may be right in one of several ways: the one that it was judged by.
inner join signed_terms
    on
        checks.document_id = signed_terms.document_id
        and checks.identity_id = signed_terms.identity_id
        and checks.scope_key = signed_terms.scope_key
        and checks.term_key = signed_terms.term_key
where checks.tier not in ('not_applicable', 'not_evaluable')
group by
    checks.document_id, checks.check_id, checks.identity_id, checks.relation, checks.severity,
    checks.tier
