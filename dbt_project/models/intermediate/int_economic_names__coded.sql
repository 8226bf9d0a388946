-- Grain: one row per name, as printed or as prose shortens it, that leads to one economic code.
-- A name that two codes carry leads to none, but 基本建设 (309, 311) repeats the names of 310 and 312
-- and says so where it is meant. 资本性支出 and 资本性支出(基本建设) are alike only once their
-- brackets are gone, so that the printed name is to be tried first.
{{ config(materialized='ephemeral') }}
with

names as (

    select
        code,
        name_zh
    from {{ ref('economic_classification') }}
    union
    select
        code,
        name_zh
    from {{ ref('economic_name_history') }}

),

spelled as (

    select
        code,
        {{ printed_name('name_zh') }} as name,
        true as is_printed
    from names
    union
    select
        code,
        {{ loose_name('name_zh') }} as name,
        false as is_printed
    from names

)

select
    name,
    is_printed,
    min(code) as code
from spelled
where code[1] = '3' and name <> '' and (length(code) = 3 or code[:3] not in ('309', '311'))
group by name, is_printed
having count(code) = 1
