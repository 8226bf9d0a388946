-- Grain: one row per document, identity, scope key, form key and term key that fails or lacks a
-- term, and of which what was read explains it: then nothing is said of its figures.
{{ config(materialized='ephemeral') }}
with

unsound as (

    select
        document_id,
        identity_id,
        scope_key,
        form_key,
        term_key
    from {{ ref('int_identity_sides__judged') }}
    where precise_tier in ('copy_mismatch', 'violation', 'not_evaluable')

)

select
    unsound.*,
    coalesce(in_doubt.doubt, explained.doubt) as doubt
from unsound
{% for alias, reasons in [
    ('in_doubt', 'int_identity_sides__in_doubt'), ('explained', 'int_identity_gaps__explained')
] -%}
    left join {{ ref(reasons) }} as {{ alias }}
        on
            unsound.document_id = {{ alias }}.document_id
            and unsound.identity_id = {{ alias }}.identity_id
            and unsound.scope_key = {{ alias }}.scope_key
            and unsound.form_key = {{ alias }}.form_key
            and unsound.term_key = {{ alias }}.term_key
{% endfor -%}
where coalesce(in_doubt.doubt, explained.doubt) is not null
