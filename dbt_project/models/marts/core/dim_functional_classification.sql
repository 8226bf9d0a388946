-- Grain: one row per functional classification code.
with

english_names as (

    select
        code,
        name_en
    from {{ ref('category_names_en') }}
    where classification = 'functional'

),

{{ learned_classification(
    ref('functional_classification'), ref('functional_name_history'),
    'functional', '2[0-9]{2}([0-9]{2}){0,2}'
) }}

select
    named_codes.code as functional_code,
    named_codes.printed_name as functional_name,
    english_names.name_en,
    {{ code_level('named_codes.code') }} as level,
    nullif({{ parent_code('named_codes.code') }}, '') as parent_code,
    left(named_codes.code, 3) as lei_code,
    cast(coalesce(attested_codes.document_count, 0) as integer) as document_count,
    cast(coalesce(attested_codes.publisher_count, 0) as integer) as publisher_count,
    cast(named_codes.observer_count as integer) as observer_count,
    named_codes.is_in_reference,
    attested_codes.first_year,
    attested_codes.last_year,
    named_codes.name_variants
from named_codes
left join attested_codes on named_codes.code = attested_codes.code
left join english_names on named_codes.code = english_names.code
