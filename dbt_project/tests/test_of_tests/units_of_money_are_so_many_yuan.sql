-- Catches: a change of the macro printed_unit_yuan that would turn amounts into other ones.
-- Lets pass: which units are printed where; the reader says so.
-- From: tables in 元 and 万元, overviews in 亿元, old forms in 千元, and columns of 人 and 辆.
with

cases (unit, expected_yuan) as (
    values
    ('亿元', 100000000),
    ('万元', 10000),
    ('千元', 1000),
    ('元', 1),
    ('人', null)
),

told as (

    select
        *,
        {{ printed_unit_yuan('unit') }} as told_yuan
    from cases

)

select
    unit,
    told_yuan
from told
where told_yuan is distinct from expected_yuan
