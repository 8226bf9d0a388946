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
        codes.parent_index as total_index,
        1 as way,
        codes.are_classified and not codes.has_repeated_codes as may_fail
    from {{ ref('int_table_codes__nested') }} as codes
    inner join figures
        on
            codes.document_id = figures.document_id
            and codes.table_index = figures.table_index
            and codes.row_index = figures.row_index

)

{{ totals_in_column('table_tree') }}
