-- Grain: one row per kind of name and canonical name.
-- Of a name that a kind has and borrows, its own counts.
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
        '' as lender
    from {{ ref('labels') }}

),

borrowed as (

    select labels.* replace (borrowed_labels.kind as kind, borrowed_labels.lender as lender)
    from {{ ref('borrowed_labels') }} as borrowed_labels
    inner join labels on borrowed_labels.lender = labels.kind

),

-- Forms print any measure of last year, too.
earlier as (

    select
        labels.* replace (
            'prior_' || key as key,
            '上年' || zh as zh,
            en || ', last year' as en,
            '' as definition_zh,
            '' as definition_en,
            kind as lender
        )
    from labels
    where kind = 'measure' and not starts_with(key, 'prior_')

),

-- Where they print two budgets of a year, the one that it began with, too.
openings as (

    select
        labels.* replace (
            'opening_' || key as key,
            '年初' || zh as zh,
            en || ', as the year began' as en,
            '' as definition_zh,
            '' as definition_en,
            kind as lender
        )
    from labels
    where kind = 'measure' and starts_with(key, 'budget')

),

-- A statement stands in a part, in what that says of a topic.
places as (

    select
        topics.* replace (
            'place' as kind,
            parts.key || '.' || topics.key as key,
            parts.zh || ' · ' || topics.zh as zh,
            parts.en || ' · ' || topics.en as en,
            '' as definition_zh,
            '' as definition_en,
            topics.kind as lender
        )
    from labels as parts
    inner join labels as topics on topics.kind = 'topic'
    where parts.kind = 'part'

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
        '' as lender
    from {{ ref('identities') }}

),

gathered as (

    select * from labels
    union all
    select * from borrowed
    union all
    select * from earlier
    union all
    select * from openings
    union all
    select * from places
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
    cast(
        row_number() over (partition by kind order by lender, position, key) as integer
    ) as position
from gathered
qualify row_number() over (partition by kind, key order by lender) = 1
