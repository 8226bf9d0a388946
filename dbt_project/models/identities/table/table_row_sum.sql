-- Grain: one row per number in a column that one headed 合计 may add up, the total being the number
-- of that column in its row.
-- Catches: a row whose total is not the sum of the columns under the same header; a total of a part
-- of them stands for its part.
-- Lets pass: tables with a column headed 其中, and any in which nothing adds up so.
with

figures as (

    select * from {{ ref('int_table_figures__numbered') }}

),

table_columns as (

    select
        *,
        regexp_replace(header_path, '/?[^/]*$', '') as above_path,
        {{ is_total_label("regexp_extract(header_path, '[^/]*$')") }} as is_total,
        contains(header_path, '其中') as is_of_which
    from (
        select distinct
            document_id,
            table_index,
            block,
            column_index,
            header_path
        from figures
    ) as printed_columns

),

total_columns as (

    select * from table_columns
    where is_total

),

stood_for_columns as (

    select
        table_columns.document_id,
        table_columns.table_index,
        table_columns.column_index,
        max(length(total_columns.above_path)) as depth
    from table_columns
    inner join total_columns
        on
            table_columns.document_id = total_columns.document_id
            and table_columns.table_index = total_columns.table_index
            and table_columns.block = total_columns.block
            and table_columns.column_index <> total_columns.column_index
            and starts_with(table_columns.header_path, total_columns.above_path || '/')
    group by
        table_columns.document_id, table_columns.table_index, table_columns.column_index

),

column_sums as (

    select
        totals.document_id,
        totals.table_index,
        totals.block,
        totals.column_index as total_column,
        parts.column_index,
        bool_or(parts.is_of_which) over (
            partition by
                totals.document_id, totals.table_index, totals.block, totals.column_index
        ) as has_of_which
    from total_columns as totals
    inner join table_columns as parts
        on
            totals.document_id = parts.document_id
            and totals.table_index = parts.table_index
            and totals.block = parts.block
            and totals.column_index <> parts.column_index
    left join stood_for_columns
        on
            parts.document_id = stood_for_columns.document_id
            and parts.table_index = stood_for_columns.table_index
            and parts.column_index = stood_for_columns.column_index
    where
        (totals.above_path = '' or starts_with(parts.header_path, totals.above_path || '/'))
        and not (parts.is_total and parts.above_path = totals.above_path)
        and coalesce(stood_for_columns.depth, 0) <= length(totals.above_path)

),

parts as materialized (

    select
        figures.*,
        column_sums.total_column,
        not column_sums.has_of_which as may_fail
    from column_sums
    inner join figures
        on
            column_sums.document_id = figures.document_id
            and column_sums.table_index = figures.table_index
            and column_sums.block = figures.block
            and column_sums.column_index = figures.column_index

)

select
    'table_row_sum' as identity_id,
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
        and parts.block = totals.block
        and parts.row_index = totals.row_index
        and parts.total_column = totals.column_index
        and parts.is_money = totals.is_money
