-- Grain: one row per name under which a functional 类 has been printed.
-- Where one name was used by several codes over the years, the current list decides.
with

current_names as (

    select
        code,
        name_zh,
        1 as precedence
    from {{ ref('functional_classification') }}
    where length(code) = 3

),

translated_names as (

    select
        code,
        name_zh,
        2 as precedence
    from {{ ref('category_names_en') }}
    where classification = 'functional'

),

earlier_names as (

    select
        code,
        name_zh,
        3 as precedence
    from {{ ref('functional_name_history') }}
    where length(code) = 3

),

all_names as (

    select * from current_names
    union all
    select * from translated_names
    union all
    select * from earlier_names

)

select
    {{ function_class_name('name_zh') }} as class_name,
    arg_min(code, (precedence, code)) as functional_code
from all_names
group by class_name
