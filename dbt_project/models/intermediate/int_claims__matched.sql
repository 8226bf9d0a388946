-- Grain: one row per statement and form row that the statement names.
-- By its code, else by its name at its level of the classification; where several rows carry the
-- name, by the names above it and then by the amount. An item that no row is named like is
-- recognised by its amount where only one row prints it: its name is wrong, not its number.
with

claims as (

    select *
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and item_label <> ''
        and (
            (
                topic in ('general_budget', 'government_fund', 'state_capital', 'expenditure')
                and item in ('class', 'subclass', 'item')
            )
            or (topic = 'basic' and item in ('personnel_item', 'public_item', 'class'))
        )

),

named as (

    select
        *,
        case item_level
            when 'class' then 'lei' when 'subclass' then 'kuan' when 'item' then 'xiang' else ''
        end as level
    from claims

),

mentions as (

    select
        document_id,
        part,
        topic,
        item,
        item_label,
        level,
        any_value(item_code) as item_code,
        any_value({{ loose_name('lei_name') }}) as lei_name,
        any_value({{ loose_name('kuan_name') }}) as kuan_name,
        any_value(
            case level
                when '' then loose_label
                when 'lei' then {{ loose_name('lei_name') }}
                when 'kuan' then {{ loose_name('kuan_name') }}
                else {{ loose_name('xiang_name') }}
            end
        ) as own_name,
        max(claim_value) filter (where claim_kind = 'amount' and role in ('actual', 'budget'))
            as amount_yuan
    from named
    group by document_id, part, topic, item, item_label, level

),

-- A 类 is known by its name also where the form prints the name wrongly.
coded_mentions as (

    select
        mentions.* replace (
            coalesce(nullif(mentions.item_code, ''), function_classes.functional_code, '')
                as item_code
        )
    from mentions
    left join {{ ref('int_function_classes__named') }} as function_classes
        on
            mentions.level = 'lei'
            and mentions.own_name = {{ loose_name('function_classes.class_name') }}
    qualify row_number() over (
            partition by
                mentions.document_id, mentions.part, mentions.topic, mentions.item,
                mentions.item_label
            order by function_classes.functional_code
        ) = 1

),

topic_forms as (

    select
        unnest(['general_budget', 'government_fund', 'state_capital', 'expenditure', 'basic'])
            as topic,
        unnest(
            [
                'general_budget_expenditure', 'government_fund', 'state_capital', 'expenditure',
                'basic_expenditure'
            ]
        ) as form
    union all
    select
        unnest(['general_budget', 'government_fund', 'state_capital', 'expenditure', 'basic'])
            as topic,
        unnest(
            [
                'budget_general_expenditure', 'budget_government_fund', 'budget_state_capital',
                'budget_expenditure', 'budget_basic_expenditure'
            ]
        ) as form

),

coded_rows as (

    select
        document_id,
        form,
        section,
        row_index,
        row_code,
        row_label,
        parent_code,
        is_leaf,
        {{ loose_name('row_label') }} as own_name,
        max(amount_yuan) filter (where measure in ('total', 'amount')) as amount_yuan
    from {{ ref('int_form_cells__joined') }}
    where row_code <> '' and section = ''
    group by all

),

form_rows as (

    select
        coded_rows.*,
        coalesce(kuan.own_name, '') as kuan_name,
        coalesce(kuan.row_label, '') as kuan_label,
        coalesce(lei.own_name, '') as lei_name,
        coalesce(lei.row_label, '') as lei_label
    from coded_rows
    left join coded_rows as kuan
        on
            coded_rows.document_id = kuan.document_id
            and coded_rows.form = kuan.form
            and length(coded_rows.row_code) = 7
            and coded_rows.row_code[:5] = kuan.row_code
    left join coded_rows as lei
        on
            coded_rows.document_id = lei.document_id
            and coded_rows.form = lei.form
            and length(coded_rows.row_code) > 3
            and coded_rows.row_code[:3] = lei.row_code
    -- A form that prints a code twice names two rows alike.
    qualify row_number() over (
            partition by coded_rows.document_id, coded_rows.form, coded_rows.row_index
            order by kuan.row_index, lei.row_index
        ) = 1

),

candidates as (

    select
        mentions.document_id,
        mentions.part,
        mentions.topic,
        mentions.item,
        mentions.item_label,
        form_rows.form,
        form_rows.section,
        form_rows.row_index,
        form_rows.row_code,
        mentions.item_code <> '' and mentions.item_code = form_rows.row_code as is_by_code,
        (mentions.kuan_name <> '' and mentions.kuan_name = form_rows.kuan_name)::integer
        + (mentions.lei_name <> '' and mentions.lei_name = form_rows.lei_name)::integer
            as names_above,
        coalesce(mentions.amount_yuan = form_rows.amount_yuan, false) as is_same_amount
    from coded_mentions as mentions
    inner join topic_forms on mentions.topic = topic_forms.topic
    inner join form_rows
        on
            mentions.document_id = form_rows.document_id
            and topic_forms.form = form_rows.form
            and (
                (mentions.item_code <> '' and mentions.item_code = form_rows.row_code)
                or (
                    mentions.own_name = form_rows.own_name
                    and mentions.level
                    in ('', {{ code_level('form_rows.row_code') }})
                )
            )

),

ranked as (

    select
        *,
        rank() over (
            partition by document_id, part, topic, item, item_label, form
            order by is_by_code desc, names_above desc, is_same_amount desc
        ) as place
    from candidates

),

by_name as (

    select
        document_id,
        part,
        topic,
        item,
        item_label,
        form,
        section,
        row_index,
        row_code,
        if(is_by_code and topic <> 'basic', 'code', 'name') as matched_by
    from ranked
    where place = 1
    qualify count(*) over (partition by document_id, part, topic, item, item_label, form) = 1

),

-- Rows of 项 that no statement names, and items that no row is named like.
by_amount as (

    select
        mentions.document_id,
        mentions.part,
        mentions.topic,
        mentions.item,
        mentions.item_label,
        form_rows.form,
        form_rows.section,
        form_rows.row_index,
        form_rows.row_code,
        'amount' as matched_by
    from coded_mentions as mentions
    inner join topic_forms on mentions.topic = topic_forms.topic
    inner join form_rows
        on
            mentions.document_id = form_rows.document_id
            and topic_forms.form = form_rows.form
            and mentions.amount_yuan = form_rows.amount_yuan
    anti join candidates
        on
            mentions.document_id = candidates.document_id
            and mentions.part = candidates.part
            and mentions.topic = candidates.topic
            and mentions.item = candidates.item
            and mentions.item_label = candidates.item_label
    anti join by_name
        on
            form_rows.document_id = by_name.document_id
            and mentions.part = by_name.part
            and form_rows.form = by_name.form
            and form_rows.row_index = by_name.row_index
    where
        mentions.level = 'xiang'
        and mentions.amount_yuan <> 0
        and length(form_rows.row_code) = 7
    qualify count(*) over (
            partition by
                mentions.document_id, mentions.part, mentions.topic, mentions.item,
                mentions.item_label, form_rows.form
        ) = 1
        and count(*) over (
            partition by mentions.document_id, mentions.part, form_rows.form, form_rows.row_index
        ) = 1

),

matches as (

    select * from by_name
    union all
    select * from by_amount

)

select
    named.claim_id,
    named.document_id,
    named.part,
    matches.form,
    matches.section,
    matches.row_index,
    matches.row_code,
    form_rows.row_label,
    matches.matched_by,
    named.level,
    named.lei_name,
    named.kuan_name,
    named.xiang_name,
    form_rows.lei_label,
    form_rows.kuan_label,
    form_rows.row_label as xiang_label
from named
inner join matches
    on
        named.document_id = matches.document_id
        and named.part = matches.part
        and named.topic = matches.topic
        and named.item = matches.item
        and named.item_label = matches.item_label
inner join form_rows
    on
        matches.document_id = form_rows.document_id
        and matches.form = form_rows.form
        and matches.row_index = form_rows.row_index
