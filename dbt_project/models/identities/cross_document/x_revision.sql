-- Grain: one row per document and form of which another edition is preferred.
-- Catches: an amount that differs between two editions of one disclosure.
-- Lets pass: rows and columns that only one of them prints, or that one prints twice.
with

unique_cells as (

    select
        document_id,
        form,
        section,
        row_key,
        measure,
        any_value(amount_yuan) as amount_yuan,
        any_value(amount_text) as amount_text
    from {{ ref('int_form_cells__keyed') }}
    where figure_id is not null
    group by document_id, form, section, row_key, measure
    having count(*) = 1

),

revisions as (

    select
        pairs.document_id,
        own_cells.form,
        any_value(pairs.other_file) as other_file,
        count(*) as cell_count,
        count(*) filter (where own_cells.amount_yuan <> other_cells.amount_yuan) as changed_count,
        string_agg(
            own_cells.row_key
            || ' '
            || own_cells.measure
            || ': '
            || own_cells.amount_text
            || ' here, '
            || other_cells.amount_text
            || ' there',
            '; '
            order by own_cells.row_key, own_cells.measure
        ) filter (where own_cells.amount_yuan <> other_cells.amount_yuan) as changes
    from {{ ref('int_editions__paired') }} as pairs
    inner join unique_cells as own_cells on pairs.document_id = own_cells.document_id
    inner join unique_cells as other_cells
        on
            pairs.other_id = other_cells.document_id
            and own_cells.form = other_cells.form
            and own_cells.section = other_cells.section
            and own_cells.row_key = other_cells.row_key
            and own_cells.measure = other_cells.measure
    where pairs.relation = 'revision'
    group by pairs.document_id, own_cells.form

)

select
    document_id,
    'x_revision' as identity_id,
    form as scope_key,
    if(changed_count = 0, 'exact', 'violation') as tier,
    if(
        changed_count = 0,
        format('{} figures as in ', cell_count) || other_file,
        format('{} of {} figures differ from ', changed_count, cell_count)
        || other_file
        || ': '
        || left(changes, 500)
    ) as reason
from revisions
