-- Grain: one row per document, form, section and body row that prints a number which could not be
-- used, whatever its column. Rows are found by where they are printed: a refused column has none.
with

form_rows as (

    select
        *,
        regexp_replace(cell_path, '/t[cdh]\[\d+\].*$', '') as row_path
    from {{ ref('stg_form_rows') }}

),

unused as (

    select
        document_id,
        form,
        reason,
        printed,
        page,
        (bbox_top + bbox_bottom) / 2 as middle,
        regexp_replace(cell_path, '/t[cdh]\[\d+\].*$', '') as row_path
    from {{ ref('stg_rejections') }}
    where
        reason in (
            'unreadable_amount', 'ambiguous_cell', 'unknown_column', 'unknown_item',
            'unit_not_stated', 'duplicate_figure'
        )
        -- A nil changes no sum.
        and (reason = 'unreadable_amount' or regexp_matches(printed, '[1-9１-９]'))

)

select
    form_rows.document_id,
    form_rows.form,
    form_rows.section,
    form_rows.row_index,
    'a number printed in row '
    || coalesce(nullif(form_rows.row_code, ''), nullif(form_rows.row_label, ''), '?')
    || ' of '
    || form_rows.form
    || ' could not be used: '
    || min(unused.printed || ' (' || unused.reason || ')') as doubt
from form_rows
inner join unused
    on
        form_rows.document_id = unused.document_id
        and form_rows.form = unused.form
        and (
            form_rows.row_path = unused.row_path
            or form_rows.page = unused.page
            and unused.middle between form_rows.bbox_top and form_rows.bbox_bottom
        )
group by
    form_rows.document_id, form_rows.form, form_rows.section, form_rows.row_index,
    form_rows.row_code, form_rows.row_label
