-- Grain: one row per document, identity, total, way of adding it up and figure.
-- Sums that a table shows by its shape, whatever it is called: codes that stand under a code, rows
-- that a row called 合计 closes, columns beside a column headed 合计. Where the shape leaves several
-- ways of adding up, each is a way of its own, the likeliest first.
with

figures as (

    select
        figures.*,
        rounded.counted_value,
        rounded.half_step,
        figures.amount_yuan is not null as is_money,
        -- The same column of another block: the n-th under this header.
        figures.header_path
        || ' '
        || dense_rank() over (
            partition by
                figures.document_id, figures.table_index, figures.block, figures.header_path
            order by figures.column_index
        ) as column_key
    from {{ ref('stg_figures') }} as figures
    inner join {{ ref('int_figures__rounded') }} as rounded
        on
            figures.document_id = rounded.document_id
            and figures.figure_id = rounded.figure_id
    where rounded.counted_value is not null

),

table_rows as (

    select
        document_id,
        table_index,
        block,
        row_index,
        row_code,
        row_path,
        regexp_replace(row_path, '/?[^/]*$', '') as above_path,
        row_code = '' and {{ is_total_label('row_label') }} as is_total,
        row_number() over (
            partition by document_id, table_index
            order by block, row_index
        ) as row_position
    from {{ ref('stg_form_rows') }}

),

-- Rows with codes ---------------------------------------------------------------------------------
coded_rows as (

    select
        *,
        row_code <= lag(row_code) over (
            partition by document_id, table_index
            order by row_position
        ) as is_descent
    from table_rows
    where row_code <> ''

),

coded_tables as (

    select
        document_id,
        table_index,
        count(*) > count(distinct row_code) as has_repeated_codes,
        bool_and(regexp_full_match(row_code, '[235][0-9]{2}([0-9]{2}){0,2}')) as are_classified,
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
            unnest(range(1, length(row_code))) as prefix_length
        from trees
    ) as children
    inner join trees as parents
        on
            children.document_id = parents.document_id
            and children.table_index = parents.table_index
            and children.tree_number = parents.tree_number
            and left(children.row_code, children.prefix_length) = parents.row_code
    group by children.document_id, children.table_index, children.row_index

),

roots as (

    select trees.*
    from trees
    anti join parents
        on
            trees.document_id = parents.document_id
            and trees.table_index = parents.table_index
            and trees.row_index = parents.row_index

),

tree_sums as (

    select
        'table_tree' as identity_id,
        1 as way,
        totals.figure_id as total_id,
        parts.figure_id,
        coded_tables.are_classified and not coded_tables.has_repeated_codes as may_fail
    from parents
    inner join coded_tables
        on
            parents.document_id = coded_tables.document_id
            and parents.table_index = coded_tables.table_index
    inner join figures as totals
        on
            parents.document_id = totals.document_id
            and parents.table_index = totals.table_index
            and parents.parent_index = totals.row_index
    inner join figures as parts
        on
            parents.document_id = parts.document_id
            and parents.table_index = parts.table_index
            and parents.row_index = parts.row_index
            and totals.column_key = parts.column_key
            and totals.is_money = parts.is_money

),

-- Rows called 合计 ---------------------------------------------------------------------------------
total_rows as (

    select
        *,
        lag(row_position) over (
            partition by document_id, table_index, block
            order by row_position
        ) as previous_total,
        -- What adds up everything stands above it all or below it all.
        row_position in (min(row_position) over same_level, max(row_position) over same_level)
            as is_outermost
    from table_rows
    where is_total
    window same_level as (partition by document_id, table_index, block, above_path)

),

-- How deep the totals of parts reach that stand for a row.
stood_for_rows as (

    select
        table_rows.document_id,
        table_rows.table_index,
        table_rows.row_index,
        max(length(total_rows.above_path)) as depth
    from table_rows
    inner join total_rows
        on
            table_rows.document_id = total_rows.document_id
            and table_rows.table_index = total_rows.table_index
            and table_rows.block = total_rows.block
            and table_rows.row_index <> total_rows.row_index
            and starts_with(table_rows.row_path, total_rows.above_path || '/')
    where total_rows.above_path <> ''
    group by table_rows.document_id, table_rows.table_index, table_rows.row_index

),

-- Whether a block prints codes, and how many rows without one print numbers.
blocks as (

    select
        table_rows.document_id,
        table_rows.table_index,
        table_rows.block,
        bool_or(table_rows.row_code <> '') as has_codes,
        count(distinct table_rows.row_index) filter (
            where table_rows.row_code = '' and figures.figure_id is not null
        ) as uncoded_count
    from table_rows
    left join figures
        on
            table_rows.document_id = figures.document_id
            and table_rows.table_index = figures.table_index
            and table_rows.row_index = figures.row_index
    group by table_rows.document_id, table_rows.table_index, table_rows.block

),

-- Rows that each total may close: the codes at the top of its block, or of all blocks.
coded_closings as (

    select
        total_rows.document_id,
        total_rows.table_index,
        total_rows.row_index as total_index,
        roots.row_index,
        if(total_rows.block = roots.block, [1, 2], [2]) as ways,
        coded_tables.are_classified
        and coded_tables.domain_count = 1
        and coded_tables.block_count = 1
        and not coded_tables.has_repeated_codes
        and blocks.uncoded_count = 1 as may_fail
    from total_rows
    inner join blocks
        on
            total_rows.document_id = blocks.document_id
            and total_rows.table_index = blocks.table_index
            and total_rows.block = blocks.block
    inner join coded_tables
        on
            total_rows.document_id = coded_tables.document_id
            and total_rows.table_index = coded_tables.table_index
    inner join roots
        on
            total_rows.document_id = roots.document_id
            and total_rows.table_index = roots.table_index
    where blocks.has_codes

),

-- Without codes nothing says which rows a total closes: those beside it, whatever they hold, where
-- the total of a part stands for its part; those above it, back to the total before; or these and
-- that total.
uncoded_closings as (

    select
        total_rows.document_id,
        total_rows.table_index,
        total_rows.row_index as total_index,
        parts.row_index,
        [
            if(
                total_rows.is_outermost
                and (
                    total_rows.above_path = ''
                    or starts_with(parts.row_path, total_rows.above_path || '/')
                )
                and not (parts.is_total and parts.above_path = total_rows.above_path)
                and coalesce(stood_for_rows.depth, 0) <= length(total_rows.above_path),
                1,
                null
            ),
            if(
                not parts.is_total
                and parts.row_position < total_rows.row_position
                and parts.row_position > coalesce(total_rows.previous_total, 0),
                2,
                null
            ),
            if(
                parts.row_position < total_rows.row_position
                and parts.row_position >= total_rows.previous_total,
                3,
                null
            )
        ] as ways,
        false as may_fail
    from total_rows
    inner join blocks
        on
            total_rows.document_id = blocks.document_id
            and total_rows.table_index = blocks.table_index
            and total_rows.block = blocks.block
    inner join table_rows as parts
        on
            total_rows.document_id = parts.document_id
            and total_rows.table_index = parts.table_index
            and total_rows.block = parts.block
            and total_rows.row_index <> parts.row_index
    left join stood_for_rows
        on
            parts.document_id = stood_for_rows.document_id
            and parts.table_index = stood_for_rows.table_index
            and parts.row_index = stood_for_rows.row_index
    where not blocks.has_codes

),

closings as (

    select
        document_id,
        table_index,
        total_index,
        row_index,
        may_fail,
        unnest(ways) as way
    from (
        select * from coded_closings
        union all by name
        select * from uncoded_closings
    ) as closings_of_both

),

total_sums as (

    select
        'table_total' as identity_id,
        closings.way,
        totals.figure_id as total_id,
        parts.figure_id,
        closings.may_fail
    from closings
    inner join figures as totals
        on
            closings.document_id = totals.document_id
            and closings.table_index = totals.table_index
            and closings.total_index = totals.row_index
    inner join figures as parts
        on
            closings.document_id = parts.document_id
            and closings.table_index = parts.table_index
            and closings.row_index = parts.row_index
            and totals.column_key = parts.column_key
            and totals.is_money = parts.is_money
    where
        closings.way is not null
        -- Small counts add up by chance.
        and (closings.way = 1 or totals.is_money)

),

-- Columns headed 合计 ------------------------------------------------------------------------------
table_columns as (

    select distinct
        document_id,
        table_index,
        block,
        column_index,
        header_path,
        regexp_replace(header_path, '/?[^/]*$', '') as above_path,
        {{ is_total_label("regexp_extract(header_path, '[^/]*$')") }} as is_total,
        contains(header_path, '其中') as is_of_which
    from figures

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
    where total_columns.above_path <> ''
    group by
        table_columns.document_id, table_columns.table_index, table_columns.column_index

),

-- The columns under the same header; a total of a part of them stands for its part.
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

row_sums as (

    select
        'table_row_sum' as identity_id,
        1 as way,
        totals.figure_id as total_id,
        parts.figure_id,
        not column_sums.has_of_which as may_fail
    from column_sums
    inner join figures as totals
        on
            column_sums.document_id = totals.document_id
            and column_sums.table_index = totals.table_index
            and column_sums.block = totals.block
            and column_sums.total_column = totals.column_index
    inner join figures as parts
        on
            column_sums.document_id = parts.document_id
            and column_sums.table_index = parts.table_index
            and column_sums.block = parts.block
            and column_sums.column_index = parts.column_index
            and totals.row_index = parts.row_index
            and totals.is_money = parts.is_money

),

sums as (

    select * from tree_sums
    union all by name
    select * from total_sums
    union all by name
    select * from row_sums

),

sided as (

    select
        identity_id,
        way,
        total_id,
        total_id as figure_id,
        'left' as side,
        bool_and(may_fail) as may_fail
    from sums
    group by identity_id, way, total_id
    union all by name
    select
        identity_id,
        way,
        total_id,
        figure_id,
        'right' as side,
        may_fail
    from sums

)

select
    figures.document_id,
    sided.identity_id,
    'table '
    || totals.table_index
    || ' row '
    || totals.row_index
    || ' column '
    || totals.column_index as scope_key,
    sided.way,
    figures.table_index,
    totals.block,
    totals.column_index as total_column,
    sided.side,
    dense_rank() over (
        partition by sided.identity_id, sided.way, sided.total_id
        order by sided.side, figures.column_index
    ) as term_no,
    figures.form,
    figures.title,
    figures.row_index,
    figures.row_code,
    figures.row_label,
    figures.measure,
    figures.header_path,
    figures.figure_id,
    figures.amount_text,
    figures.counted_value,
    figures.half_step,
    figures.is_money,
    sided.may_fail
from sided
inner join figures as totals on sided.total_id = totals.figure_id
inner join figures on sided.figure_id = figures.figure_id
