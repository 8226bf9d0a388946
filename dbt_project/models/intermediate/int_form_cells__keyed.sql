-- Grain: one row per document, form, section, body row and value column, blank cells included.
-- A blank cell has a null figure: it prints nothing, which is not the same as a printed zero.
with

figures as (

    select * from {{ ref('stg_figures') }}

),

form_rows as (

    select
        document_id,
        form,
        section,
        row_index,
        row_code,
        row_label,
        line
    from {{ ref('stg_form_rows') }}
    union
    select
        document_id,
        form,
        section,
        row_index,
        row_code,
        row_label,
        line
    from figures

),

-- One row per position, should a figure's row be described twice.
distinct_rows as (

    select
        document_id,
        form,
        section,
        row_index,
        max(row_code) as row_code,
        max(row_label) as row_label,
        max(line) as line
    from form_rows
    group by document_id, form, section, row_index

),

measures as (

    select
        document_id,
        form,
        section,
        measure
    from {{ ref('stg_form_columns') }}
    where measure <> ''
    union
    select
        document_id,
        form,
        section,
        measure
    from figures

),

function_classes as (

    select * from {{ ref('int_function_classes__named') }}

),

-- The most precise number of a form and side tells how precisely all of it was rounded:
-- many publishers trim zeros, so 46 beside 171.97 means 46.00.
form_precisions as (

    select
        document_id,
        form,
        section,
        any_value(printed_unit) as printed_unit,
        max(printed_scale) as decimals
    from figures
    group by document_id, form, section

),

-- Of a publisher who trims zeros, a form of whole numbers says nothing of its own precision. That
-- zeros are trimmed is seen where one number in fifty lacks decimals that its form prints.
trimmed as (

    select
        figures.document_id,
        figures.printed_unit,
        mode(figures.printed_scale) filter (where figures.printed_scale > 0) as usual_decimals
    from figures
    inner join form_precisions
        on
            figures.document_id = form_precisions.document_id
            and figures.form = form_precisions.form
            and figures.section = form_precisions.section
    where figures.amount_yuan <> 0
    group by figures.document_id, figures.printed_unit
    having
        count(*) filter (where figures.printed_scale < form_precisions.decimals) * 50 >= count(*)
        and count(*) filter (where figures.printed_scale < form_precisions.decimals) > 1

),

precisions as (

    select
        form_precisions.document_id,
        form_precisions.form,
        form_precisions.section,
        if(
            form_precisions.decimals = 0,
            coalesce(trimmed.usual_decimals, 0),
            form_precisions.decimals
        ) as decimals
    from form_precisions
    left join trimmed
        on
            form_precisions.document_id = trimmed.document_id
            and form_precisions.printed_unit = trimmed.printed_unit

),

rows_with_parents as (

    select
        distinct_rows.*,
        {{ parent_code('distinct_rows.row_code') }} as parent_code,
        function_classes.functional_code as class_code
    from distinct_rows
    left join function_classes
        on
            distinct_rows.line = 'function_class'
            and {{ function_class_name('distinct_rows.row_label') }} = function_classes.class_name

),

children as (

    select
        document_id,
        form,
        section,
        parent_code,
        count(*) as child_count
    from rows_with_parents
    where parent_code <> ''
    group by document_id, form, section, parent_code

),

keyed_rows as (

    select
        rows_with_parents.*,
        coalesce(
            nullif(rows_with_parents.row_code, ''),
            rows_with_parents.class_code,
            if(rows_with_parents.line in ('', 'function_class'), null, rows_with_parents.line),
            nullif(rows_with_parents.row_label, ''),
            'row ' || rows_with_parents.row_index
        ) as row_key,
        own_children.child_count is null and rows_with_parents.row_code <> '' as is_leaf,
        coalesce(siblings.child_count, 0) as sibling_count
    from rows_with_parents
    left join children as own_children
        on
            rows_with_parents.document_id = own_children.document_id
            and rows_with_parents.form = own_children.form
            and rows_with_parents.section = own_children.section
            and rows_with_parents.row_code = own_children.parent_code
    left join children as siblings
        on
            rows_with_parents.document_id = siblings.document_id
            and rows_with_parents.form = siblings.form
            and rows_with_parents.section = siblings.section
            and rows_with_parents.parent_code = siblings.parent_code

)

select
    keyed_rows.document_id,
    keyed_rows.form,
    keyed_rows.section,
    keyed_rows.row_index,
    keyed_rows.row_code,
    keyed_rows.parent_code,
    keyed_rows.class_code,
    keyed_rows.row_key,
    keyed_rows.row_label,
    keyed_rows.line,
    keyed_rows.is_leaf,
    keyed_rows.sibling_count,
    measures.measure,
    figures.figure_id,
    figures.amount_text,
    figures.amount_yuan,
    cast(
        {{ printed_unit_yuan('figures.printed_unit') }}
        * cast('0.' || repeat('0', cast(precisions.decimals as integer)) || '5' as decimal(18, 9))
        as decimal(24, 6)
    ) as half_step_yuan
from keyed_rows
inner join measures
    on
        keyed_rows.document_id = measures.document_id
        and keyed_rows.form = measures.form
        and keyed_rows.section = measures.section
left join figures
    on
        keyed_rows.document_id = figures.document_id
        and keyed_rows.form = figures.form
        and keyed_rows.section = figures.section
        and keyed_rows.row_index = figures.row_index
        and measures.measure = figures.measure
left join precisions
    on
        keyed_rows.document_id = precisions.document_id
        and keyed_rows.form = precisions.form
        and keyed_rows.section = precisions.section
