-- Grain: one row per administrative division code.
with

divisions as (

    select
        code,
        name_zh,
        level,
        nullif(parent_code, code) as parent_code,
        'current' as code_kind
    from {{ ref('administrative_divisions') }}
    union all
    select
        code,
        name_zh,
        level,
        nullif(parent_code, code) as parent_code,
        kind as code_kind
    from {{ ref('administrative_divisions_supplement') }}

)

select
    divisions.code as region_code,
    divisions.name_zh as region_name,
    divisions.level,
    divisions.parent_code,
    case divisions.level
        when 'province' then divisions.code
        when 'prefecture' then divisions.parent_code
        else coalesce(parents.parent_code, parents.code)
    end as province_code,
    case
        when divisions.level = 'prefecture' then divisions.code
        when parents.level = 'prefecture' then parents.code
    end as prefecture_code,
    concat(grandparents.name_zh, parents.name_zh, divisions.name_zh) as full_name,
    divisions.code_kind
from divisions
left join divisions as parents on divisions.parent_code = parents.code
left join divisions as grandparents on parents.parent_code = grandparents.code
