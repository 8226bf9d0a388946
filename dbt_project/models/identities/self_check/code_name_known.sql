-- Grain: one row per document and form that prints codes.
-- Catches: a listed code beside a name that it never had: a row that slipped.
-- Lets pass: codes that no list has; older names of a code; a code that only lists of older names
-- have, for nobody knows what it was called since; projects behind the name of their class, or in
-- rows that repeat its code.
with

known_names as (

    {% for names in [
        'functional_classification', 'functional_name_history',
        'economic_classification', 'economic_name_history'
    ] -%}
        {% if not loop.first %}union
        {% endif -%}
        select
            code,
            {{ printed_name('name_zh') }} as printed_name,
            {{ names.endswith('_classification') | lower }} as is_present
        from {{ ref(names) }}
    {% endfor %}
),

names_by_code as (

    select
        code,
        list(printed_name) as printed_names,
        bool_or(is_present) as is_present
    from known_names
    group by code

),

looked_up as (

    select
        codes.document_id,
        codes.form,
        codes.row_code,
        codes.row_label,
        names_by_code.is_present,
        coalesce(catalogue.family = 'project', false) as is_of_projects,
        list_contains(
            names_by_code.printed_names, {{ printed_name('codes.row_label') }}
        )
        or list_has_any(
            names_by_code.printed_names,
            string_split({{ printed_name('codes.row_path') }}, '/')[:-2]
        ) as bears_its_name
    from {{ ref('int_form_codes__printed') }} as codes
    left join names_by_code on codes.row_code = names_by_code.code
    left join {{ ref('stg_form_catalogue') }} as catalogue on codes.form = catalogue.form

),

named_codes as (

    select
        *,
        bears_its_name
        or (
            is_of_projects
            and bool_or(bears_its_name) over (partition by document_id, form, row_code)
        ) as is_known,
        coalesce(is_present or is_known, false) as is_listed
    from looked_up

)

select
    document_id,
    'code_name_known' as identity_id,
    form as scope_key,
    case
        when bool_or(is_listed and not is_known) then 'violation'
        when bool_or(is_listed) then 'exact'
        else 'not_evaluable'
    end as tier,
    format(
        '{} of {} codes are in the lists',
        count(distinct row_code) filter (where is_listed),
        count(distinct row_code)
    )
    || coalesce(
        '; under another name: '
        || string_agg(
            distinct row_code || ' ' || row_label, ', ' order by row_code || ' ' || row_label
        ) filter (where is_listed and not is_known),
        ''
    ) as reason
from named_codes
group by document_id, form
