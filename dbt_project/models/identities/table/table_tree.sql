-- Grain: one row per number in a row whose code stands below another, the total being the number in
-- that one's row and the same column.
-- Catches: a code that is not the sum of the printed codes next below it, in any table.
-- Lets pass: tables that print codes again, and codes of no classification: there it may only hold.
with

figures as (

    select * from {{ ref('int_table_figures__numbered') }}

),

parts as materialized (

    select
        figures.*,
        codes.parent_index,
        codes.are_classified and not codes.has_repeated_codes as may_fail
    from {{ ref('int_table_codes__nested') }} as codes
    inner join figures
        on
            codes.document_id = figures.document_id
            and codes.table_index = figures.table_index
            and codes.row_index = figures.row_index
    where codes.parent_index is not null

)

select
    'table_tree' as identity_id,
    1 as way,
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
        and parts.parent_index = totals.row_index
        and parts.header_path = totals.header_path
        and parts.place_under_header = totals.place_under_header
        and parts.is_money = totals.is_money
