-- Grain: one row per functional code and name that it has or had, as prose shortens it.
{{ config(materialized='ephemeral') }}
select
    code,
    {{ loose_name('name_zh') }} as loose_name
from {{ ref('functional_classification') }}
union
select
    code,
    {{ loose_name('name_zh') }} as loose_name
from {{ ref('functional_name_history') }}
