-- Grain: one row per document, identity and scope key, whether or not it could be evaluated.
-- The term key says by which way of several it was judged, null where it was not.
{{ config(materialized='ephemeral') }}
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

evaluated as (

    select * from {{ ref('int_identities__evaluated') }}

),

-- Why a scope that prints amounts could not be evaluated.
missing_terms as (

    select
        evaluated.document_id,
        evaluated.identity_id,
        evaluated.scope_key,
        string_agg(
            if(
                (evaluated.found_terms >> terms.term_no) & 1 = 1,
                'no amount is printed for ',
                'no '
            )
            || terms.rows
            || ' in '
            || replace(terms.form, '|', ' or '),
            '; '
            order by terms.term_no
        ) as lacking,
        if(
            any_value(documents.has_forms) or bool_and(contains(terms.form, '.')),
            lacking,
            'the forms are not in this file: ' || lacking
        ) as reason
    from evaluated
    inner join documents on evaluated.document_id = documents.document_id
    inner join {{ ref('identity_terms') }} as terms
        on
            evaluated.identity_id = terms.identity_id
            and evaluated.term_key = coalesce(terms.scope_key, '')
    where
        evaluated.tier = 'not_evaluable'
        and (
            terms.required in ('amount', 'row', 'form')
            and (evaluated.found_terms >> terms.term_no) & 1 = 0
            or terms.required = 'amount'
            and (evaluated.printed_terms >> terms.term_no) & 1 = 0
        )
    group by evaluated.document_id, evaluated.identity_id, evaluated.scope_key

)

select
    evaluated.document_id,
    evaluated.identity_id,
    evaluated.scope_key,
    evaluated.term_key,
    evaluated.left_yuan,
    evaluated.right_yuan,
    evaluated.difference_yuan,
    evaluated.unit,
    evaluated.tier,
    case evaluated.tier
        when 'not_evaluable' then coalesce(missing_terms.reason, evaluated.doubt)
        when 'not_applicable' then 'one side prints nothing, the other no amount but zero'
        else ''
    end as reason
from evaluated
left join missing_terms
    on
        evaluated.document_id = missing_terms.document_id
        and evaluated.identity_id = missing_terms.identity_id
        and evaluated.scope_key = missing_terms.scope_key
union all by name
select
    document_id,
    identity_id,
    scope_key,
    '' as term_key,
    tier,
    reason
from {{ ref('int_self_checks__evaluated') }}
union all by name
select
    document_id,
    identity_id,
    scope_key,
    '' as term_key,
    left_yuan,
    right_yuan,
    difference_yuan,
    unit,
    tier,
    reason
from {{ ref('int_table_checks__evaluated') }}
union all by name
select
    document_id,
    identity_id,
    scope_key,
    '' as term_key,
    left_yuan,
    right_yuan,
    difference_yuan,
    unit,
    tier,
    reason,
    printed,
    expected,
    sentence,
    page,
    cell_path
from {{ ref('int_claim_checks__evaluated') }}
union all by name
select
    document_id,
    identity_id,
    scope_key,
    '' as term_key,
    left_yuan,
    right_yuan,
    difference_yuan,
    unit,
    tier,
    reason
from {{ ref('int_cross_checks__evaluated') }}
union all by name
select
    document_id,
    identity_id,
    '' as scope_key,
    tier,
    reason
from {{ ref('int_identities__unevaluated') }}
