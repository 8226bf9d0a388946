-- Catches: a value of a column whose values have labels by the seed columns (a form, a measure, a
-- tier, a status), but for which dim_labels has none, so that people would be shown the value.
-- Lets pass: columns that are not named there, and values of names with words in place of …
-- From: a reader of Chinese should meet no internal name.
{{ config(tags=['whole_warehouse'], severity='warn') }}
-- depends_on: {{ ref('columns') }}
-- depends_on: {{ ref('dim_economic_classification') }}
-- depends_on: {{ ref('dim_functional_classification') }}
-- depends_on: {{ ref('fct_identity_statistics') }}
with

labels as (

    select
        kind,
        key
    from {{ ref('dim_labels') }}

),

occurring as (

    {% for column in labelled_columns() %}
    select distinct
        '{{ column.table_name }}' as table_name,
        '{{ column.column_name }}' as column_name,
        '{{ column.kind }}' as kind,
        {{ column.column_name }} as printed_value
    from {{ adapter.quote(target.database) }}.marts.{{ column.table_name }}
    {% if not loop.last %}union all{% endif %}
    {% else %}
        select
            '' as table_name,
            '' as column_name,
            '' as kind,
            '' as printed_value
    {% endfor %}

)

select occurring.*
from occurring
where
    occurring.printed_value <> ''
    and not exists (
        select 1
        from labels
        where
            occurring.kind = labels.kind
            and (
                occurring.printed_value = labels.key
                or (
                    contains(labels.key, '…')
                    and occurring.printed_value like replace(labels.key, '…', '%')
                )
            )
    )
