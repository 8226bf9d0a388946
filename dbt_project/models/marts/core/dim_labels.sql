-- Grain: one row per kind of name and canonical name.
{#- Kinds whose values may be those of another kind, too: what is counted by source, component or
    item is what a form calls its measures. -#}
{%- set borrowed = [
    ('verdict', 'tier'),
    ('base', 'role'),
    ('base', 'thing'),
    ('income_source', 'measure'),
    ('component', 'measure'),
    ('fund', 'measure'),
    ('item', 'measure'),
] %}
with

labels as (

    select
        kind,
        key,
        zh,
        en,
        coalesce(definition_zh, '') as definition_zh,
        coalesce(definition_en, '') as definition_en,
        position,
        0 as borrowed_from
    from {{ ref('labels') }}

),

borrowed as (

    {% for kind, source in borrowed %}
        select
            '{{ kind }}' as kind,
            key,
            zh,
            en,
            definition_zh,
            definition_en,
            position,
            {{ loop.index }} as borrowed_from
        from labels
        where kind = '{{ source }}'
        union all
    {% endfor %}
    -- What a reason explains may be told on the basis of another year.
    select
        'base' as kind,
        key || '.restated' as key,
        zh || '（同口径）' as zh,
        en || ', restated' as en,
        definition_zh,
        definition_en,
        position,
        {{ borrowed | length + 1 }} as borrowed_from
    from labels
    where kind = 'thing'

),

identities as (

    select
        'identity' as kind,
        identity_id as key,
        meaning_zh as zh,
        meaning_en as en,
        formula as definition_zh,
        formula as definition_en,
        row_number() over () as position,
        0 as borrowed_from
    from {{ ref('identities') }}

),

gathered as (

    select * from labels
    union all
    select * from borrowed
    union all
    select * from identities

)

select
    kind,
    key,
    zh,
    en,
    definition_zh,
    definition_en,
    cast(row_number() over (partition by kind order by borrowed_from, position) as integer)
        as position
from gathered
qualify row_number() over (partition by kind, key order by borrowed_from) = 1
