-- Grain: one row per document, form, section, body row and value column, blank cells included.
-- A blank cell has a null figure: it prints nothing, which is not the same as a printed zero.
-- Only columns have blank cells: a measure that a row names itself is printed in that row alone.
with

-- What has a name but no amount in yuan leaves its cell blank, and int_form_rows__in_doubt says so.
figures as (

    select
        figures.*,
        rounded.half_step_yuan
    from {{ ref('stg_figures') }} as figures
    inner join {{ ref('int_figures__rounded') }} as rounded
        on
            figures.document_id = rounded.document_id
            and figures.figure_id = rounded.figure_id
    where figures.amount_yuan is not null

),

form_rows as (

    select * from {{ ref('stg_form_rows') }}
    where form <> ''

),

measures as (

    select
        document_id,
        form,
        section,
        measure,
        bool_or(is_column) as is_column
    from (
        select
            document_id,
            form,
            section,
            measure,
            true as is_column
        from {{ ref('stg_form_columns') }}
        union
        select
            document_id,
            form,
            section,
            measure,
            false as is_column
        from {{ ref('stg_figures') }}
    ) as named
    -- Growth is a per cent, and nothing adds up to it.
    where measure not in ('', 'growth')
    group by document_id, form, section, measure

),

function_classes as (

    select * from {{ ref('int_function_classes__named') }}

),

rows_with_parents as (

    select
        form_rows.*,
        {{ parent_code('form_rows.row_code') }} as parent_code,
        -- Where a form prints the class's code it decides; elsewhere the name leads to it.
        coalesce(
            if(form_rows.line = 'function_class', nullif(form_rows.row_code, ''), null),
            function_classes.functional_code
        ) as class_code
    from form_rows
    left join function_classes
        on
            form_rows.line = 'function_class'
            and {{ function_class_name('form_rows.row_label') }} = function_classes.class_name

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
    figures.half_step_yuan
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
where measures.is_column or figures.figure_id is not null
