-- Grain: one row per disclosure and line of the seed stated_cells whose form the disclosure does
-- not print, or whose measure where it may be stated beside the form.
{{ config(materialized='ephemeral') }}
with

cells as (

    select
        topic,
        item,
        kind,
        form_family,
        measure,
        is_beside_form,
        coalesce(form_basis, '') as form_basis,
        coalesce(section, '') as section,
        coalesce(line, '') as line,
        string_split(role, '|') as roles,
        string_split(whole, '|') as wholes
    from {{ ref('stated_cells') }}

),

documents as (

    select
        document_id,
        disclosure_id,
        is_preferred and not is_quarantined as is_counted
    from {{ ref('int_documents__ranked') }}

),

catalogue as (

    select * from {{ ref('stg_form_catalogue') }}

),

printed_forms as (

    select distinct
        documents.disclosure_id as document_id,
        catalogue.family as form_family,
        catalogue.basis as form_basis
    from {{ ref('stg_forms') }} as forms
    inner join documents on forms.document_id = documents.document_id and documents.is_counted
    inner join catalogue on forms.form = catalogue.form
    -- A form of several subjects may print nothing of one.
    where
        forms.form <> 'agency_information'
        or exists (
            select figures.document_id
            from {{ ref('int_figures__published') }} as figures
            where
                figures.document_id = documents.disclosure_id
                and figures.form = forms.form
                and regexp_matches(
                    figures.measure, '^(budget|actual)_(total|overseas|vehicle|reception)$'
                )
        )

),

printed_measures as (

    select
        documents.disclosure_id as document_id,
        catalogue.family as form_family,
        columns.measure
    from {{ ref('stg_form_columns') }} as columns
    inner join documents on columns.document_id = documents.document_id and documents.is_counted
    inner join catalogue on columns.form = catalogue.form
    union
    select
        document_id,
        form_family,
        measure
    from {{ ref('int_figures__published') }}

)

select
    disclosures.document_id,
    cells.*
from (select distinct documents.disclosure_id as document_id from documents) as disclosures
cross join cells
left join printed_forms
    on
        disclosures.document_id = printed_forms.document_id
        and cells.form_family = printed_forms.form_family
        and cells.form_basis = printed_forms.form_basis
left join printed_measures
    on
        disclosures.document_id = printed_measures.document_id
        and cells.form_family = printed_measures.form_family
        and cells.measure = printed_measures.measure
where
    printed_forms.document_id is null
    or (cells.is_beside_form and printed_measures.document_id is null)
