-- Grain: one row per document, part of it, and pair of a part of procurement and its whole.
-- Catches: what small enterprises won or are kept, where it exceeds the procurement it is part of.
-- Lets pass: what is not said to be a part (其中) of what small enterprises have.
with

stated as (

    select * from {{ ref('int_claims__keyed') }}
    where
        topic = 'procurement'
        and is_own_year
        and claim_value is not null
        and statement_number = 1

),

pairs as (

    select
        listed.part_item,
        listed.whole_item,
        listed.is_told_by_words
    from (
        values
        ('micro', 'total', false),
        ('sme_reserved', 'total', false),
        ('micro_reserved', 'total', false),
        ('micro_reserved', 'sme_reserved', true),
        ('sme_reserved_awarded', 'total', false),
        ('micro_reserved_awarded', 'sme_reserved_awarded', true),
        ('other_sme_awarded', 'total', false),
        ('sme_in_goods', 'goods', false),
        ('sme_in_works', 'works', false),
        ('sme_in_services', 'services', false)
    ) as listed (part_item, whole_item, is_told_by_words)

),

compared as (

    select
        parts.document_id,
        concat_ws(' ', parts.part, parts.item, 'of', wholes.item) as scope_key,
        'yuan' as unit,
        parts.claim_value as left_yuan,
        wholes.claim_value as right_yuan,
        parts.own_half_step + wholes.own_half_step as reach,
        [parts.claim_id] as left_ids,
        [wholes.claim_id] as right_ids
    from stated as parts
    inner join pairs on parts.item = pairs.part_item
    inner join stated as wholes
        on
            parts.document_id = wholes.document_id
            and parts.part = wholes.part
            and parts.role = wholes.role
            and pairs.whole_item = wholes.item
    where
        parts.claim_kind = 'amount'
        and wholes.claim_kind = 'amount'
        and (
            not pairs.is_told_by_words
            or parts.whole_claim_id = wholes.claim_id
            or parts.paragraph_index = wholes.paragraph_index
            and contains(parts.sentence, '其中')
        )
    union all by name
    -- Nothing is more than the whole of what it is a part of.
    select
        document_id,
        concat_ws(' ', part, item, 'share of', base) as scope_key,
        '%' as unit,
        claim_value as left_yuan,
        cast(100 as decimal(24, 6)) as right_yuan,
        own_half_step as reach,
        [claim_id] as left_ids,
        cast([] as varchar[]) as right_ids
    from stated
    where claim_kind = 'share' and unit = '%'

)

select
    document_id,
    'proc_part_le_whole' as identity_id,
    scope_key,
    unit,
    left_yuan,
    right_yuan,
    case
        when left_yuan <= right_yuan then 'exact'
        when left_yuan - right_yuan <= reach then 'rounding_possible'
        else 'violation'
    end as tier,
    '' as reason,
    left_ids,
    right_ids
from compared
