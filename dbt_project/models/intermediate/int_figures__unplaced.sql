-- Grain: one row per figure of a form whose amount no identity of the form can reach: its column
-- has no name, or its row has neither a name nor a code that stands in the form by right.
select
    figures.document_id,
    figures.figure_id,
    form_rows.form,
    form_rows.section,
    figures.row_index,
    figures.column_index,
    figures.measure,
    coalesce(nullif(figures.row_code, ''), nullif(figures.row_label, ''), '?') as row_name,
    figures.amount_text,
    figures.amount_yuan
from {{ ref('stg_figures') }} as figures
-- A figure of a column without a name is of no form itself.
inner join {{ ref('stg_form_rows') }} as form_rows
    on
        figures.document_id = form_rows.document_id
        and figures.table_index = form_rows.table_index
        and figures.row_index = form_rows.row_index
inner join {{ ref('stg_form_catalogue') }} as catalogue on form_rows.form = catalogue.form
left join {{ ref('int_form_codes__in_doubt') }} as codes
    on
        figures.document_id = codes.document_id
        and figures.table_index = codes.table_index
        and figures.row_index = codes.row_index
where
    figures.amount_yuan <> 0
    and (
        figures.measure = ''
        -- The row of a form of one row needs no name.
        or (
            figures.row_code = '' and figures.line = '' and catalogue.layout <> 'single_row'
        )
        or codes.row_code is not null
    )
