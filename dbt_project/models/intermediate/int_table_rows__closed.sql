-- Grain: one row per document, table, row called 合计, row that it may close and way of closing.
-- Ways are numbered, the likeliest first: 1 whatever stands beside the total or at the top of its
-- codes, 2 the rows above it back to the total before, or the top codes of all blocks, 3 these rows
-- and that total.
{{ config(materialized='ephemeral') }}
with

table_rows as (

    select * from {{ ref('int_table_rows__placed') }}

),

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
    group by table_rows.document_id, table_rows.table_index, table_rows.row_index

),

printed_rows as (

    select distinct
        document_id,
        table_index,
        row_index
    from {{ ref('int_table_figures__numbered') }}

),

-- Whether a block prints codes, and how many rows without one print numbers.
blocks as (

    select
        table_rows.document_id,
        table_rows.table_index,
        table_rows.block,
        bool_or(table_rows.row_code <> '') as has_codes,
        count(*) filter (
            where table_rows.row_code = '' and printed_rows.row_index is not null
        ) as uncoded_count
    from table_rows
    left join printed_rows
        on
            table_rows.document_id = printed_rows.document_id
            and table_rows.table_index = printed_rows.table_index
            and table_rows.row_index = printed_rows.row_index
    group by table_rows.document_id, table_rows.table_index, table_rows.block

),

-- The codes at the top of the total's block, or of all blocks.
coded_closings as (

    select
        total_rows.document_id,
        total_rows.table_index,
        total_rows.row_index as total_index,
        roots.row_index,
        if(total_rows.block = roots.block, [1, 2], [2]) as ways,
        roots.are_classified
        and roots.domain_count = 1
        and roots.block_count = 1
        and not roots.has_repeated_codes
        and blocks.uncoded_count = 1 as may_fail
    from total_rows
    inner join blocks
        on
            total_rows.document_id = blocks.document_id
            and total_rows.table_index = blocks.table_index
            and total_rows.block = blocks.block
    inner join {{ ref('int_table_codes__nested') }} as roots
        on
            total_rows.document_id = roots.document_id
            and total_rows.table_index = roots.table_index
    where blocks.has_codes and roots.parent_index is null

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
    left join stood_for_rows
        on
            parts.document_id = stood_for_rows.document_id
            and parts.table_index = stood_for_rows.table_index
            and parts.row_index = stood_for_rows.row_index
    where not blocks.has_codes

)

select
    document_id,
    table_index,
    total_index,
    row_index,
    may_fail,
    way
from (
    select
        *,
        unnest(ways) as way
    from (
        select * from coded_closings
        union all by name
        select * from uncoded_closings
    ) as closings_of_both
) as closings
where way is not null
