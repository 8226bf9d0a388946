-- Grain: one row per document and form printing that numbers its columns (栏次).
-- Catches: a column that was lost in reading or cut in two.
-- Lets pass: forms that number none of their columns.
with

column_numbers as (

    select
        document_id,
        form,
        max(printed_number) as last_number,
        count(distinct printed_number) as number_count
    from {{ ref('stg_furniture') }}
    where form <> '' and furniture_kind = 'column_number' and printed_number is not null
    group by document_id, form

)

select
    numbers.document_id,
    'colnum_matches_width' as identity_id,
    numbers.form as scope_key,
    if(
        numbers.last_number = numbers.number_count and numbers.number_count = forms.column_count,
        'exact',
        'violation'
    ) as tier,
    format(
        '{} column numbers up to {} on {} value columns',
        numbers.number_count, numbers.last_number, forms.column_count
    ) as reason
from column_numbers as numbers
inner join {{ ref('stg_forms') }} as forms
    on numbers.document_id = forms.document_id and numbers.form = forms.form
