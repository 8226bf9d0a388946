{#- One row per matched statement and 类, 款 or 项 that it names: its code, and what prose and form
    call it. `matches` has the columns of int_claims__matched. -#}
{% macro named_classes(matches) -%}
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
        from {{ matches }}
        where level <> '' and {{ level }}_name <> '' and length(row_code) >= {{ digits }}
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}
{%- endmacro %}
