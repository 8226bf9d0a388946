-- Grain: one row per document and form of one classification that prints codes.
-- Catches: functional codes in a form by economic classification, and the other way round.
-- Lets pass: forms that follow no classification.
with

placed as (

    select
        codes.document_id,
        codes.form,
        codes.row_code,
        if(
            catalogue.classification = 'functional',
            codes.row_code[1] <> '2',
            codes.row_code[1] not in ('3', '5')
        ) as is_foreign
    from {{ ref('int_form_codes__printed') }} as codes
    inner join {{ ref('stg_form_catalogue') }} as catalogue on codes.form = catalogue.form
    where catalogue.classification in ('functional', 'economic')

)

select
    document_id,
    'code_domain' as identity_id,
    form as scope_key,
    if(bool_or(is_foreign), 'violation', 'exact') as tier,
    if(
        bool_or(is_foreign),
        'codes of the other classification: '
        || string_agg(distinct row_code, ' ' order by row_code) filter (where is_foreign),
        format('{} codes', count(distinct row_code))
    ) as reason
from placed
group by document_id, form
