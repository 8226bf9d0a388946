-- Grain: one row per matched statement and 类, 款 or 项 that it names: its code, what the prose calls
-- it and what the form does, as printed and as prose shortens it.
{{ config(materialized='ephemeral') }}
with

matches as (

    select * from {{ ref('int_claims__matched') }}
    where level <> ''

),

named as (

    {% for level, digits in [('lei', 3), ('kuan', 5), ('xiang', 7)] -%}
        select
            document_id,
            part,
            claim_id,
            form,
            row_index,
            row_code[:{{ digits }}] as code,
            {{ level }}_name as prose_name,
            if(level = '{{ level }}', row_label, {{ level }}_label) as form_name
        from matches
        where {{ level }}_name <> '' and length(row_code) >= {{ digits }}
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}

),

-- The same names come again and again: each is shortened once.
names as (

    select
        printed_name,
        {{ loose_name('printed_name') }} as loose_name
    from (
        select named.prose_name as printed_name
        from named
        union
        select named.form_name as printed_name
        from named
    ) as printed

)

select
    named.*,
    in_prose.loose_name as loose_prose_name,
    in_form.loose_name as loose_form_name
from named
inner join names as in_prose on named.prose_name = in_prose.printed_name
left join names as in_form on named.form_name = in_form.printed_name
