-- Grain: one row per document and table printed in it, empty tables included.
with

forms as (

    select * from {{ ref('stg_forms') }}

),

documents as (

    select * from {{ ref('stg_documents') }}
    where is_template is not true

),

figure_counts as (

    select
        document_id,
        table_index,
        count(*) as figure_count,
        count(*) filter (where measure <> '') as named_figure_count,
        count(*) filter (where regexp_matches(amount_text, '[1-9１-９]')) as nonzero_figure_count
    from {{ ref('stg_figures') }}
    group by document_id, table_index

)

select
    forms.document_id,
    documents.file_name,
    forms.table_index,
    forms.form,
    forms.resolved_by,
    forms.resolution,
    forms.reprint_of,
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
    cast(coalesce(figure_counts.named_figure_count, 0) as integer) as named_figure_count,
    cast(coalesce(figure_counts.nonzero_figure_count, 0) as integer) as nonzero_figure_count,
    coalesce(figure_counts.nonzero_figure_count, 0) = 0 as is_empty,
    forms.page,
    forms.cell_path
from forms
inner join documents on forms.document_id = documents.document_id
left join figure_counts
    on
        forms.document_id = figure_counts.document_id
        and forms.table_index = figure_counts.table_index
