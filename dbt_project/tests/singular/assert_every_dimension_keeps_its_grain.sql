-- Catches: two rows for one body, disclosure, region, code or identity in what is built of
-- the whole warehouse or for it, hence joins that count a fact twice.
-- Lets pass: marts of documents, see assert_every_mart_keeps_its_grain.
-- From: the first sentence of each mart's description.
{{ config(tags=['whole_warehouse']) }}
{%- set grains = {
    'dim_bodies': 'body_id',
    'dim_disclosures': 'document_id',
    'dim_regions': 'region_code',
    'dim_labels': "kind || ' ' || key",
    'dim_functional_classification': 'functional_code',
    'dim_economic_classification': 'economic_code',
    'fct_identity_statistics': 'identity_id',
} %}
{% for mart, grain in grains.items() %}
    select
        '{{ mart }}' as mart,
        {{ grain }} as grain_key,
        count(*) as row_count
    from {{ ref(mart) }}
    group by {{ grain }}
    having count(*) > 1
    {% if not loop.last %}union all{% endif %}
{% endfor %}
