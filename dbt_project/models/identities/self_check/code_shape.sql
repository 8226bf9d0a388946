-- Grain: one row per document and form that prints codes.
-- Catches: a code of no length or first digit that a classification has, and one below a 类 or 款
-- that its form does not print.
-- Lets pass: whether the code exists at all, see code_name_known, and several codes of one level
-- without any above them, as forms print that list 项 alone.
{% set codes_of_one_level = 3 %}
with

codes as (

    select * from {{ ref('int_form_codes__printed') }}

),

shaped as (

    select
        codes.document_id,
        codes.form,
        codes.row_code,
        not {{ is_code_shape('codes.row_code') }} as is_misshapen,
        length(codes.row_code) > 3
        and parents.row_code is null
        and (
            count(distinct codes.row_code) over of_form < {{ codes_of_one_level }}
            or min(length(codes.row_code)) over of_form < max(length(codes.row_code)) over of_form
        ) as is_orphan
    from codes
    left join codes as parents
        on
            codes.document_id = parents.document_id
            and codes.form = parents.form
            and {{ parent_code('codes.row_code') }} = parents.row_code
    window of_form as (partition by codes.document_id, codes.form)

)

select
    document_id,
    'code_shape' as identity_id,
    form as scope_key,
    if(bool_or(is_misshapen or is_orphan), 'violation', 'exact') as tier,
    if(
        bool_or(is_misshapen or is_orphan),
        'misshapen or without a printed parent: '
        || string_agg(distinct row_code, ' ' order by row_code)
        filter (where is_misshapen or is_orphan),
        format('{} codes', count(distinct row_code))
    ) as reason
from shaped
group by document_id, form
