-- Grain: one row per number in a row that one called 合计 may close and way of closing, the total
-- being the number in that one's row and the same column.
-- Catches: a table of codes of one classification whose only total is not the sum of its top codes.
-- Lets pass: tables without codes and with several totals: there it may only hold.
with

figures as (

    select * from {{ ref('int_table_figures__numbered') }}

),

parts as materialized (

    select
        figures.*,
        closed.total_index,
        closed.way,
        closed.may_fail
    from {{ ref('int_table_rows__closed') }} as closed
    inner join figures
        on
            closed.document_id = figures.document_id
            and closed.table_index = figures.table_index
            and closed.row_index = figures.row_index

)

select
    'table_total' as identity_id,
    parts.way,
    totals.figure_id as total_id,
    totals.document_id,
    totals.table_index,
    totals.block,
    totals.row_index as total_row,
    totals.column_index as total_column,
    parts.figure_id,
    parts.is_money,
    parts.may_fail
from parts
inner join figures as totals
    on
        parts.document_id = totals.document_id
        and parts.table_index = totals.table_index
        and parts.total_index = totals.row_index
        and parts.header_path = totals.header_path
        and parts.place_under_header = totals.place_under_header
        and parts.is_money = totals.is_money
-- Small counts add up by chance.
where parts.way = 1 or totals.is_money
