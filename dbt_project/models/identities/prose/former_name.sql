-- Grain: one row per document, part of it and class of functions that the prose names.
-- Catches: a name that its code had in former years (医疗卫生与计划生育), where the form prints the one
-- that it has now.
-- Lets pass: a form that prints the former name too, and names that are in no list.
with

former_names as (

    select
        former.code,
        {{ loose_name('former.name_zh') }} as loose_name
    from {{ ref('functional_name_history') }} as former
    anti join {{ ref('functional_classification') }} as current_names
        on
            former.code = current_names.code
            and {{ loose_name('former.name_zh') }} = {{ loose_name('current_names.name_zh') }}

),

present as (

    select
        code,
        {{ loose_name('name_zh') }} as loose_name
    from {{ ref('functional_classification') }}

),

compared as (

    select
        named_codes.*,
        former_names.code is not null
        and named_codes.loose_form_name = present.loose_name as is_former
    from {{ ref('int_classes__named') }} as named_codes
    inner join present on named_codes.code = present.code
    left join former_names
        on
            named_codes.code = former_names.code
            and named_codes.loose_prose_name = former_names.loose_name

)

select
    document_id,
    'former_name' as identity_id,
    concat_ws(' ', part, code, prose_name) as scope_key,
    '' as unit,
    cast(null as decimal(24, 6)) as left_yuan,
    cast(null as decimal(24, 6)) as right_yuan,
    if(bool_or(is_former), 'violation', 'exact') as tier,
    if(
        bool_or(is_former), format('{} is {} in the form', prose_name, min(form_name)), ''
    ) as reason,
    [min(claim_id)] as left_ids,
    cast([] as varchar[]) as right_ids,
    prose_name as printed,
    min(form_name) as expected
from compared
group by document_id, part, code, prose_name
