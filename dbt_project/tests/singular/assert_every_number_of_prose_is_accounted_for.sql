-- Catches: a number that a paragraph prints and that is in no statement and no furniture, or in
-- both.
-- Lets pass: headings, definitions and the notes below forms, which are not read for values;
-- numbers in words (三个).
-- From: the promise that nothing printed is dropped in silence. Numbers are found here once more,
-- by nothing but their digits: what the reader overlooks is not overlooked here as well.
{% set number = '[0-9][0-9,]*(?:\\.[0-9]+)*' %}
with

paragraphs as (

    select
        document_id,
        paragraph_index,
        text,
        translate(text, '０１２３４５６７８９，．', '0123456789,.') as folded
    from {{ ref('stg_paragraphs') }}
    where
        not is_heading
        and part <> 'definitions'
        and not (
            part = 'tables'
            and regexp_matches(
                regexp_replace(text, '\s', '', 'g'), '^(注|备注|说明|单位|公开[0-9]+表|编制)[:：]'
            )
        )

),

split as (

    select
        document_id,
        paragraph_index,
        text,
        regexp_extract_all(folded, '{{ number }}') as numbers,
        string_split_regex(folded, '{{ number }}') as gaps
    from paragraphs

),

numbered as (

    select
        *,
        unnest(generate_series(1, len(numbers))) as number_index
    from split

),

printed as (

    select
        document_id,
        paragraph_index,
        text,
        numbers[number_index] as number_text,
        length(array_to_string(gaps[:number_index], ''))
        + length(array_to_string(numbers[:number_index - 1], '')) as text_begin
    from numbered

),

accounted as (

    select distinct
        document_id,
        paragraph_index,
        'claim' as account,
        text_begin,
        text_end
    from {{ ref('stg_claims') }}
    where text_end > text_begin
    union all
    select
        document_id,
        paragraph_index,
        'furniture' as account,
        text_begin,
        text_begin + length(number_text) as text_end
    from {{ ref('stg_prose_furniture') }}

)

select
    printed.document_id,
    quality.file_name,
    printed.paragraph_index,
    printed.number_text,
    printed.text_begin,
    count(distinct accounted.account) as account_count,
    any_value(printed.text) as paragraph_text
from printed
inner join {{ ref('fct_document_quality') }} as quality
    on printed.document_id = quality.document_id
left join accounted
    on
        printed.document_id = accounted.document_id
        and printed.paragraph_index = accounted.paragraph_index
        and printed.text_begin >= accounted.text_begin
        and printed.text_begin < accounted.text_end
group by
    printed.document_id, quality.file_name, printed.paragraph_index, printed.number_text,
    printed.text_begin
having count(distinct accounted.account) <> 1
