-- Grain: one row per document and identity of its kind that no scope key could be evaluated for.
-- An identity that was never evaluated is not green: this says which, and why.
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

uncovered as (

    select * from {{ ref('int_identities__uncovered') }}

),

-- Prose is held against the forms of other parts of its publication, forms against each other in
-- one file.
printed_forms as (

    select
        document_id,
        list(form) filter (where not is_lent) as own_forms,
        list(form) as forms
    from {{ ref('int_forms__joined') }}
    group by document_id

),

-- Why the forms of a document that prints none cannot be looked at.
formless as (

    select
        documents.document_id,
        if(
            count(joined.part_id) = 0,
            'the forms are not in this file',
            'the forms are not in this file but in '
            || string_agg(joined.part_file, ', ' order by joined.part_file)
        ) as reason,
        count(joined.part_id) > 0 as is_joined
    from documents
    left join {{ ref('int_documents__joined') }} as joined
        on documents.document_id = joined.document_id and len(joined.part_forms) > 0
    where not documents.has_forms
    group by documents.document_id

),

selected as (

    select
        document_id,
        identity_id,
        term_no,
        count(*) as cell_count,
        count(*) filter (where amount_yuan <> 0) as nonzero_count
    from {{ ref('int_identity_terms__resolved') }}
    group by document_id, identity_id, term_no

),

term_states as (

    select
        uncovered.document_id,
        uncovered.identity_id,
        terms.term_no,
        terms.side,
        terms.required in ('amount', 'row', 'form') as is_required,
        terms.form,
        terms.rows,
        not contains(terms.form, '.') as is_of_forms,
        not list_has_any(
            coalesce(
                if(
                    uncovered.evidence = 'narrative',
                    printed_forms.forms,
                    printed_forms.own_forms
                ),
                []
            ),
            string_split(terms.form, '|')
        ) as is_form_missing,
        coalesce(selected.cell_count, 0) as cell_count,
        coalesce(selected.nonzero_count, 0) as nonzero_count
    from uncovered
    inner join {{ ref('identity_terms') }} as terms on uncovered.identity_id = terms.identity_id
    left join printed_forms on uncovered.document_id = printed_forms.document_id
    left join selected
        on
            uncovered.document_id = selected.document_id
            and uncovered.identity_id = selected.identity_id
            and terms.term_no = selected.term_no

),

summarised as (

    select
        document_id,
        identity_id,
        min(form) filter (where side = 'when_zero' and nonzero_count > 0) as condition_form,
        arg_min(form, term_no) filter (where is_required and is_form_missing) as missing_form,
        coalesce(bool_or(is_required and is_form_missing and is_of_forms), false)
            as is_in_want_of_forms,
        arg_min(rows || ' in ' || form, term_no)
        filter (where is_required and not is_form_missing and cell_count = 0)
            as missing_rows,
        coalesce(sum(nonzero_count) filter (
            where {{ is_added_up('side') }}
        ), 0) as nonzero_count
    from term_states
    group by document_id, identity_id

),

out_of_reach as (

    select
        uncovered.document_id,
        uncovered.identity_id,
        formless.reason
    from uncovered
    inner join formless on uncovered.document_id = formless.document_id
    left join summarised
        on
            uncovered.document_id = summarised.document_id
            and uncovered.identity_id = summarised.identity_id
    where
        uncovered.evidence = 'forms'
        or (not formless.is_joined and summarised.is_in_want_of_forms)

)

select
    uncovered.document_id,
    uncovered.identity_id,
    case
        when out_of_reach.reason is not null then 'not_evaluable'
        when
            uncovered.family in ('self_check', 'table', 'ratio', 'wording', 'cross_document')
            then 'not_evaluable'
        when summarised.condition_form is not null then 'not_applicable'
        when summarised.missing_form is not null then 'not_evaluable'
        when summarised.nonzero_count = 0 then 'not_applicable'
        else 'not_evaluable'
    end as tier,
    case
        when out_of_reach.reason is not null then out_of_reach.reason
        when uncovered.family in ('self_check', 'table')
            then 'nothing is printed that this could check'
        when uncovered.family = 'cross_document'
            then 'no other document of the department prints what this compares'
        when uncovered.family in ('ratio', 'wording', 'narrative')
            then 'the narrative states nothing that this could check'
        when summarised.condition_form is not null
            then 'balances are carried over in form ' || summarised.condition_form
        when summarised.missing_form is not null
            then 'form ' || replace(summarised.missing_form, '|', ' or ') || ' is not printed'
        when summarised.nonzero_count = 0 then 'neither side prints an amount other than zero'
        when summarised.missing_rows is not null then 'no ' || summarised.missing_rows
        else 'no row is printed on both sides'
    end as reason
from uncovered
left join summarised
    on
        uncovered.document_id = summarised.document_id
        and uncovered.identity_id = summarised.identity_id
left join out_of_reach
    on
        uncovered.document_id = out_of_reach.document_id
        and uncovered.identity_id = out_of_reach.identity_id
