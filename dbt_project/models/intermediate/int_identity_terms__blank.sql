-- Grain: one row per document, identity and term that opens a scope without a row of its form.
-- Scopes that rows do not open exist wherever the form is printed; where nothing is printed that
-- the term could select, it adds nothing.
{{ config(materialized='ephemeral') }}
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

printed_forms as (

    select
        document_id,
        form,
        is_lent
    from {{ ref('int_forms__joined') }}
    union
    select
        document_id,
        form,
        false as is_lent
    from {{ ref('int_claims__keyed') }}

),

forms_with_amounts as (

    select distinct
        document_id,
        form
    from {{ ref('int_identity_cells__gathered') }}
    where figure_id is not null

)

select
    documents.document_id,
    terms.identity_id,
    terms.term_no,
    terms.side,
    terms.sign,
    terms.required,
    terms.term_key,
    terms.form,
    '' as form_key,
    terms.opened_key as scope_key,
    documents.document_id as source_id
from documents
inner join {{ ref('int_identity_terms__parsed') }} as terms
    on terms.document_kind in ('any', documents.identity_kind)
inner join printed_forms
    on documents.document_id = printed_forms.document_id and terms.form = printed_forms.form
left join forms_with_amounts
    on
        documents.document_id = forms_with_amounts.document_id
        and terms.form = forms_with_amounts.form
where
    not terms.by_row
    and not terms.by_measure
    and not terms.by_form
    and not terms.by_claim
    and not terms.by_group
    and {{ is_added_up('terms.side') }}
    and (terms.is_of_prose or not printed_forms.is_lent)
    and (terms.required = 'form' or forms_with_amounts.form is null)
qualify row_number() over (
        partition by documents.document_id, terms.identity_id, terms.term_no
        order by terms.form
    ) = 1
