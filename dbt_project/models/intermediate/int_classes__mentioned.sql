-- Grain: one row per document, part of it, and item of a classification that statements name,
-- whatever they say of it.
{{ config(materialized='ephemeral') }}
with

named as (

    select
        claim_id,
        claim_index,
        document_id,
        part,
        topic,
        item,
        item_label,
        loose_label,
        item_code,
        lei_name,
        kuan_name,
        xiang_name,
        case item_level
            when 'class' then 'lei' when 'subclass' then 'kuan' when 'item' then 'xiang' else ''
        end as level,
        if(claim_kind = 'amount' and role in ('actual', 'budget'), claim_value, null)
            as amount_yuan
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and item_label <> ''
        and (
            (
                topic in (
                    'general_budget', 'government_fund', 'state_capital', 'appropriation',
                    'expenditure'
                )
                and item in ('class', 'subclass', 'item')
            )
            or (topic = 'basic' and item in ('personnel_item', 'public_item', 'class'))
        )

),

mentions as (

    select
        document_id,
        part,
        topic,
        item,
        item_label,
        list(claim_id) as claim_ids,
        arg_min(claim_id, claim_index) as mention_id,
        arg_min(level, claim_index) as level,
        arg_min(item_code, claim_index) as item_code,
        arg_min(loose_label, claim_index) as loose_label,
        {{ loose_name('arg_min(lei_name, claim_index)') }} as lei_name,
        {{ loose_name('arg_min(kuan_name, claim_index)') }} as kuan_name,
        {{ loose_name('arg_min(xiang_name, claim_index)') }} as xiang_name,
        max(amount_yuan) as amount_yuan
    from named
    group by document_id, part, topic, item, item_label

),

-- A 类 is known by its name also where the form prints the name wrongly.
class_codes as (

    select
        {{ loose_name('class_name') }} as class_name,
        min(functional_code) as functional_code
    from {{ ref('int_function_classes__named') }}
    group by all

)

select
    mentions.document_id,
    mentions.part,
    mentions.topic,
    mentions.claim_ids,
    mentions.mention_id,
    mentions.level,
    coalesce(nullif(mentions.item_code, ''), class_codes.functional_code, '') as item_code,
    case mentions.level
        when '' then mentions.loose_label
        when 'lei' then mentions.lei_name
        when 'kuan' then mentions.kuan_name
        else mentions.xiang_name
    end as own_name,
    mentions.lei_name,
    mentions.kuan_name,
    mentions.amount_yuan
from mentions
left join class_codes
    on if(mentions.level = 'lei', mentions.lei_name, null) = class_codes.class_name
