-- Grain: one row per document, identity, scope key and way of a check that binds printed amounts or
-- statements, with all of these. The way is the term key of an identity that may hold in several.
-- They are gathered last: what is judged by them is added up where it is judged.
{{ config(materialized='ephemeral') }}
with

table_terms as (

    select
        terms.document_id,
        terms.identity_id,
        judged.scope_key,
        terms.side,
        terms.figure_id,
        figures.row_index,
        figures.column_index
    from {{ ref('int_table_terms__resolved') }} as terms
    {{ join_table_checks() }}
    inner join {{ ref('stg_figures') }} as figures
        on terms.document_id = figures.document_id and terms.figure_id = figures.figure_id

)

select
    document_id,
    identity_id,
    scope_key,
    term_key,
    {{ check_terms(side='side', term_no='term_no', row_index='row_index', sign='sign') }} as terms
from {{ ref('int_identity_terms__resolved') }}
where side in ('left', 'right') and figure_id is not null
group by document_id, identity_id, scope_key, term_key
union all
select
    document_id,
    identity_id,
    scope_key,
    '' as term_key,
    {{ check_terms(
        side='side', term_no="if(side = 'left', 1, column_index)", row_index='row_index'
    ) }} as terms
from table_terms
group by document_id, identity_id, scope_key
{% for checks in [
    'int_self_checks__evaluated', 'int_claim_checks__evaluated', 'int_cross_checks__evaluated'
] -%}
    union all
    select
        document_id,
        identity_id,
        scope_key,
        '' as term_key,
        terms
    from {{ ref(checks) }}
    where terms is not null
{% endfor %}
