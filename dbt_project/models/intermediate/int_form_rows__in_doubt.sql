-- Grain: one row per document, form, section, body row and measure of which a printed number could
-- not be used; measure '' where it may be any. Rows are found by where they are printed: a refused
-- number has none.
with

form_rows as (

    select
        *,
        {{ row_path('cell_path') }} as place_path
    from {{ ref('stg_form_rows') }}
    where form <> ''

),

refused as (

    select
        document_id,
        form,
        reason,
        printed,
        page,
        (bbox_top + bbox_bottom) / 2 as middle,
        {{ row_path('cell_path') }} as place_path
    from {{ ref('stg_rejections') }}
    where
        reason in ('unreadable_amount', 'ambiguous_cell')
        -- A nil changes no sum.
        and (reason = 'unreadable_amount' or regexp_matches(printed, '[1-9１-９]'))

),

-- The further columns of a sheet wider than its page, where the pages could not be put together.
nameless_tables as (

    select
        document_id,
        table_index,
        min(page) as page
    from {{ ref('stg_form_rows') }}
    where form = ''
    group by document_id, table_index
    having bool_and(row_code = '' and row_label = '') and count(*) > 2

),

unused as (

    select
        form_rows.document_id,
        form_rows.form,
        form_rows.section,
        form_rows.row_index,
        form_rows.row_code,
        form_rows.row_label,
        '' as measure,
        refused.printed || ' (' || refused.reason || ')' as reason
    from form_rows
    inner join refused
        on
            form_rows.document_id = refused.document_id
            and form_rows.form = refused.form
            and (
                form_rows.place_path = refused.place_path
                or form_rows.page = refused.page
                and refused.middle between form_rows.bbox_top and form_rows.bbox_bottom
            )
    union all
    -- An amount of no known measure may be what its row lacks, a number without a unit is what its
    -- own cell lacks, and so is one that was not read for certain. Counts and per cents are
    -- neither.
    select
        form_rows.document_id,
        form_rows.form,
        form_rows.section,
        form_rows.row_index,
        form_rows.row_code,
        form_rows.row_label,
        figures.measure,
        figures.amount_text || case
            when figures.is_doubtful then ' (not read for certain)'
            when figures.measure = '' then ' (no measure)'
            else ' (no unit of money)'
        end as reason
    from form_rows
    inner join {{ ref('stg_figures') }} as figures
        on
            form_rows.document_id = figures.document_id
            and form_rows.table_index = figures.table_index
            and form_rows.row_index = figures.row_index
    where
        figures.is_doubtful
        or regexp_matches(figures.amount_text, '[1-9１-９]')
        and figures.measure <> 'growth'
        and (figures.measure = '') = (figures.amount_yuan is not null)
    union all
    select
        form_rows.document_id,
        form_rows.form,
        form_rows.section,
        form_rows.row_index,
        form_rows.row_code,
        form_rows.row_label,
        '' as measure,
        'columns of page ' || nameless_tables.page || ' (rows without names)' as reason
    from form_rows
    inner join nameless_tables
        on
            form_rows.document_id = nameless_tables.document_id
            and form_rows.table_index + 1 = nameless_tables.table_index
            and form_rows.page + 1 = nameless_tables.page

)

select
    document_id,
    form,
    section,
    row_index,
    measure,
    'a number printed in row '
    || coalesce(nullif(row_code, ''), nullif(row_label, ''), '?')
    || ' of '
    || form
    || ' could not be used: '
    || min(reason) as doubt
from unused
group by document_id, form, section, row_index, row_code, row_label, measure
