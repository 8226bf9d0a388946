{#-
    A classification as the documents print it, the reference list being one more observer.

    No complete official list could be had, so every printed code and name counts: a code is kept
    with the name most publishers print, and the other names are kept as variants.

        reference       relation of the reference list (code, name_zh)
        earlier_names   relation of older names (code, name_zh), or none
        classification  functional or economic, as the form catalogue has it
        code_pattern    regular expression of its codes
-#}
{% macro learned_classification(reference, earlier_names, classification, code_pattern) -%}
documents as (

    select
        document_id,
        coalesce(department_id, document_id) as publisher,
        fiscal_year
    from {{ ref('dim_documents') }}

),

observations as (

    select
        printed.code,
        printed.printed_name,
        printed.document_id,
        documents.publisher,
        documents.fiscal_year
    from {{ ref('fct_classification_names') }} as printed
    inner join documents on printed.document_id = documents.document_id
    where
        printed.classification = '{{ classification }}'
        and regexp_full_match(printed.code, '{{ code_pattern }}')

),

reference_names as (

    select code, {{ printed_name('name_zh') }} as printed_name
    from {{ reference }}
    where regexp_full_match(code, '{{ code_pattern }}')

),

names as (

    select code, printed_name, publisher, false as is_reference
    from observations
    union
    select code, printed_name, 'reference' as publisher, true as is_reference
    from reference_names
    {%- if earlier_names %}
    union
    select
        code,
        {{ printed_name('name_zh') }} as printed_name,
        null as publisher,
        false as is_reference
    from {{ earlier_names }}
    where regexp_full_match(code, '{{ code_pattern }}')
    {%- endif %}

),

ranked_names as (

    select
        code,
        printed_name,
        count(publisher) as observer_count,
        bool_or(is_reference) as is_reference,
        row_number() over (
            partition by code
            order by count(publisher) desc, bool_or(is_reference) desc, printed_name
        ) as name_rank
    from names
    group by code, printed_name

),

named_codes as (

    select
        code,
        arg_min(printed_name, name_rank) as printed_name,
        arg_min(observer_count, name_rank) as observer_count,
        bool_or(is_reference) as is_in_reference,
        coalesce(
            string_agg(printed_name, '; ' order by name_rank) filter (where name_rank > 1), ''
        ) as name_variants
    from ranked_names
    group by code

),

attested_codes as (

    select
        code,
        count(distinct document_id) as document_count,
        count(distinct publisher) as publisher_count,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year
    from observations
    group by code

)
{%- endmacro %}
