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

{{ totals_in_column('table_total') }}
-- Small counts add up by chance.
where parts.way = 1 or totals.is_money
