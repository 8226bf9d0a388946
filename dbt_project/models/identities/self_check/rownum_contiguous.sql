-- Grain: one row per document and form that prints the numbers of its lines (行次).
-- Catches: a line that was lost in reading, or read twice.
-- Lets pass: forms that print none; numbers that start again, as long as none is left out.
with

line_numbers as (

    select
        document_id,
        form,
        min(printed_number) as first_number,
        max(printed_number) as last_number,
        count(distinct printed_number) as number_count
    from {{ ref('stg_furniture') }}
    where form <> '' and furniture_kind = 'line_number' and printed_number is not null
    group by document_id, form

)

select
    document_id,
    'rownum_contiguous' as identity_id,
    form as scope_key,
    if(first_number = 1 and last_number = number_count, 'exact', 'violation') as tier,
    format('{} line numbers from {} to {}', number_count, first_number, last_number) as reason
from line_numbers
