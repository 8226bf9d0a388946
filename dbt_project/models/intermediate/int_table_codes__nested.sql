-- Grain: one row per document, table and body row with a code, with the row that its code stands
-- below, null where none does, and what the table's codes are.
{{ config(materialized='ephemeral') }}
with

coded_rows as (

    select
        document_id,
        table_index,
        block,
        row_index,
        row_code,
        row_position,
        row_code <= lag(row_code) over (
            partition by document_id, table_index
            order by row_position
        ) as is_descent
    from {{ ref('int_table_rows__placed') }}
    where row_code <> ''

),

coded_tables as (

    select
        document_id,
        table_index,
        count(*) > count(distinct row_code) as has_repeated_codes,
        bool_and({{ is_code_shape('row_code') }}) as are_classified,
        count(distinct left(row_code, 1)) as domain_count,
        count(distinct block) as block_count
    from coded_rows
    group by document_id, table_index

),

-- A table that prints one tree after another (for each unit, say) prints codes again: each tree
-- ends where codes no longer grow.
trees as (

    select
        coded_rows.*,
        coded_tables.has_repeated_codes,
        coded_tables.are_classified,
        coded_tables.domain_count,
        coded_tables.block_count,
        if(
            coded_tables.has_repeated_codes,
            count(*) filter (where coded_rows.is_descent) over (
                partition by coded_rows.document_id, coded_rows.table_index
                order by coded_rows.row_position
            ),
            0
        ) as tree_number
    from coded_rows
    inner join coded_tables
        on
            coded_rows.document_id = coded_tables.document_id
            and coded_rows.table_index = coded_tables.table_index

),

-- The printed code that is next above, however many levels are left out between them.
parents as (

    select
        children.document_id,
        children.table_index,
        children.row_index,
        arg_max(parents.row_index, length(parents.row_code)) as parent_index
    from (
        select
            *,
            unnest([row_code[:length] for length in range(1, length(row_code))]) as beginning
        from trees
    ) as children
    inner join trees as parents
        on
            children.document_id = parents.document_id
            and children.table_index = parents.table_index
            and children.tree_number = parents.tree_number
            and children.beginning = parents.row_code
    group by children.document_id, children.table_index, children.row_index

)

select
    trees.document_id,
    trees.table_index,
    trees.block,
    trees.row_index,
    trees.has_repeated_codes,
    trees.are_classified,
    trees.domain_count,
    trees.block_count,
    parents.parent_index
from trees
left join parents
    on
        trees.document_id = parents.document_id
        and trees.table_index = parents.table_index
        and trees.row_index = parents.row_index
