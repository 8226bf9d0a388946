-- Grain: one row per amount with a form and a measure, of a document that facts count.
-- The document is the disclosure's: parts of one publication count as one.
-- Beside a total that says it is one, a row that no code of a classification places repeats it, or
-- is a unit's part of it: it adds nothing and is left out. Where no row has a code it may be a
-- class that only its name tells: it stays, but is no total.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

figures as (

    select
        * replace (if({{ is_code_of_units() }}, '', level) as level)
    from {{ ref('int_figures__judged') }}

),

catalogue as (

    select * from {{ ref('stg_form_catalogue') }}

)

select
    figures.figure_id,
    documents.disclosure_id as document_id,
    documents.body_id,
    documents.region_code,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    figures.form,
    coalesce(catalogue.family, '') as form_family,
    coalesce(catalogue.classification, '') as form_classification,
    coalesce(catalogue.basis, '') as form_basis,
    coalesce(catalogue.topic, '') as form_topic,
    figures.section,
    figures.row_index,
    figures.row_code,
    figures.class_code,
    if(
        figures.level = ''
        and figures.line = ''
        and catalogue.classification <> ''
        and bool_or(figures.line = 'total') over of_form,
        'unplaced', figures.level
    ) as level,
    figures.is_leaf,
    figures.row_label,
    figures.row_path,
    figures.line,
    figures.measure,
    figures.amount_yuan,
    figures.printed_unit,
    figures.printed_scale,
    figures.page,
    figures.cell_path,
    figures.status
from figures
inner join documents on figures.document_id = documents.document_id
left join catalogue on figures.form = catalogue.form
where
    documents.is_identified
    and documents.is_preferred
    and not documents.is_quarantined
    and figures.form <> ''
    and figures.measure <> ''
    and figures.amount_yuan is not null
window of_form as (partition by figures.document_id, figures.form, figures.section, figures.measure)
qualify
    not coalesce(
        figures.level = ''
        and figures.line = ''
        and catalogue.classification <> ''
        and bool_or(figures.row_code <> '') over of_form
        and bool_or(figures.line = 'total') over of_form,
        false
    )
