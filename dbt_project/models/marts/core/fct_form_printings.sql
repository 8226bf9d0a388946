-- Grain: one row per document and standard form printed in it, empty forms included.
with

forms as (

    select * from {{ ref('stg_forms') }}

),

documents as (

    select * from {{ ref('stg_documents') }}

),

figure_counts as (

    select
        document_id,
        form,
        count(*) as figure_count,
        count(*) filter (where amount_yuan <> 0) as nonzero_figure_count
    from {{ ref('stg_figures') }}
    group by document_id, form

)

select
    forms.document_id,
    documents.file_name,
    forms.form,
    forms.title,
    forms.number_text,
    forms.printed_unit,
    forms.entity_text,
    forms.note_text,
    forms.empty_statement,
    array_to_string(forms.empty_statement_forms, ',') as empty_statement_forms,
    forms.column_count,
    forms.number_count,
    forms.accounted_count,
    cast(coalesce(figure_counts.figure_count, 0) as integer) as figure_count,
    cast(coalesce(figure_counts.nonzero_figure_count, 0) as integer) as nonzero_figure_count,
    coalesce(figure_counts.nonzero_figure_count, 0) = 0 as is_empty,
    forms.page,
    forms.cell_path
from forms
inner join documents on forms.document_id = documents.document_id
left join figure_counts
    on forms.document_id = figure_counts.document_id and forms.form = figure_counts.form
