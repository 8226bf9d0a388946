-- Grain: one row per printed number in a table.
-- A number that counts no money, or whose unit nothing says, is taken as it is printed.
with

figures as (

    select
        figure_id,
        document_id,
        table_index,
        section,
        printed_unit,
        printed_scale,
        amount_yuan,
        -- What was not read for certain has no value.
        if(
            is_doubtful,
            null,
            coalesce(
                amount_yuan,
                try_cast(regexp_replace(amount_text, '[,，\s　]', '', 'g') as decimal(24, 6))
            )
        ) as counted_value,
        form <> '' and measure <> '' and amount_yuan is not null as is_named
    from {{ ref('stg_figures') }}

),

-- The most precise number of a table and side tells how precisely all of it was rounded:
-- many publishers trim zeros, so 46 beside 171.97 means 46.00. Numbers without a name say nothing
-- of those that have one: a column of another kind may stand among them.
table_precisions as (

    select
        document_id,
        table_index,
        section,
        printed_unit,
        is_named,
        max(printed_scale) as decimals
    from figures
    group by document_id, table_index, section, printed_unit, is_named

),

-- Of a publisher who trims zeros, a table of whole numbers says nothing of its own precision. That
-- zeros are trimmed is seen where one number in fifty lacks decimals that its table prints.
trimmed as (

    select
        figures.document_id,
        figures.printed_unit,
        figures.is_named,
        mode(figures.printed_scale) filter (where figures.printed_scale > 0) as usual_decimals
    from figures
    inner join table_precisions
        on
            figures.document_id = table_precisions.document_id
            and figures.table_index = table_precisions.table_index
            and figures.section = table_precisions.section
            and figures.printed_unit = table_precisions.printed_unit
            and figures.is_named = table_precisions.is_named
    where figures.amount_yuan <> 0
    group by figures.document_id, figures.printed_unit, figures.is_named
    having
        count(*) filter (where figures.printed_scale < table_precisions.decimals) * 50 >= count(*)
        and count(*) filter (where figures.printed_scale < table_precisions.decimals) > 1

),

precisions as (

    select
        table_precisions.*,
        if(
            table_precisions.decimals = 0,
            coalesce(trimmed.usual_decimals, 0),
            table_precisions.decimals
        ) as usual_decimals
    from table_precisions
    left join trimmed
        on
            table_precisions.document_id = trimmed.document_id
            and table_precisions.printed_unit = trimmed.printed_unit
            and table_precisions.is_named = trimmed.is_named

)

select
    figures.figure_id,
    figures.document_id,
    figures.counted_value,
    cast(
        coalesce({{ printed_unit_yuan('figures.printed_unit') }}, 1)
        * {{ half_of_last_decimal('precisions.usual_decimals') }}
        as decimal(24, 6)
    ) as half_step,
    if(figures.amount_yuan is null, null, half_step) as half_step_yuan
from figures
inner join precisions
    on
        figures.document_id = precisions.document_id
        and figures.table_index = precisions.table_index
        and figures.section = precisions.section
        and figures.printed_unit = precisions.printed_unit
        and figures.is_named = precisions.is_named
