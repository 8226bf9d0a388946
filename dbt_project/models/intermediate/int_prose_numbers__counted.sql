-- Grain: one row per document whose prose states numbers, with how many of them are clear.
{{ config(materialized='ephemeral') }}
with

-- A number in which several statements stand is in doubt where one of them is.
prose_numbers as (

    select
        document_id,
        paragraph_index,
        text_begin,
        text_end,
        bool_and(reading = 'clear') as is_clear
    from {{ ref('stg_claims') }}
    where text_end > text_begin and regexp_matches(value_text, '[0-9０-９]')
    group by document_id, paragraph_index, text_begin, text_end

)

select
    document_id,
    count(*) as number_count,
    count(*) filter (where is_clear) as clear_count
from prose_numbers
group by document_id
