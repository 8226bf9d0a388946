-- Grain: one row per statement and form row that the statement names.
-- By its code, else by its name at its level of the classification; where several rows carry the
-- name, by the names above it and then by the amount. An item that no row is named like is
-- recognised by its amount where only one row prints it: its name is wrong, not its number.
with

topic_forms as (

    select
        listed.topic,
        listed.form
    from (
        values
        ('general_budget', 'general_budget_expenditure'),
        ('general_budget', 'budget_general_expenditure'),
        ('government_fund', 'government_fund'),
        ('government_fund', 'budget_government_fund'),
        ('state_capital', 'state_capital'),
        ('state_capital', 'budget_state_capital'),
        ('expenditure', 'expenditure'),
        ('expenditure', 'budget_expenditure'),
        ('appropriation', 'expenditure'),
        ('appropriation', 'budget_expenditure'),
        ('basic', 'basic_expenditure'),
        ('basic', 'budget_basic_expenditure')
    ) as listed (topic, form)

),

mentions as (

    select
        mentioned.*,
        topic_forms.form
    from {{ ref('int_classes__mentioned') }} as mentioned
    inner join topic_forms on mentioned.topic = topic_forms.topic

),

form_rows as (

    select * from {{ ref('int_form_rows__named') }}

),

-- A code and a name are looked up apart: either alone is a join on equality. What fits best comes
-- first: the code, then the names above it, then the amount.
pairs as (

    {% for is_by_code, is_named in [
        (1, 'mentions.item_code = form_rows.row_code'),
        (0, "mentions.own_name = form_rows.own_name
            and mentions.level in ('', form_rows.level)
            and mentions.item_code <> form_rows.row_code"),
    ] -%}
        select
            mentions.mention_id,
            mentions.document_id,
            mentions.part,
            mentions.form,
            form_rows.row_index,
            if({{ is_by_code }} = 1 and mentions.topic <> 'basic', 'code', 'name') as matched_by,
            8 * {{ is_by_code }}
            + 2 * (mentions.kuan_name <> '' and mentions.kuan_name = form_rows.kuan_name)::integer
            + 2 * (mentions.lei_name <> '' and mentions.lei_name = form_rows.lei_name)::integer
            + coalesce(mentions.amount_yuan = form_rows.amount_yuan, false)::integer as weight
        from mentions
        inner join form_rows
            on
                mentions.document_id = form_rows.document_id
                and mentions.form = form_rows.form
                and {{ is_named }}
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}

),

-- Of two rows that fit as well, neither is named.
by_name as (

    select
        mention_id,
        document_id,
        part,
        form,
        arg_max(row_index, weight) as row_index,
        arg_max(matched_by, weight) as matched_by,
        max(weight, 2) as weights
    from pairs
    group by mention_id, document_id, part, form
    having len(weights) = 1 or weights[1] > weights[2]

),

-- Rows of 项 that no statement names, and items that no row is named like.
by_amount as (

    select
        mentions.mention_id,
        mentions.form,
        form_rows.row_index,
        'amount' as matched_by
    from mentions
    inner join form_rows
        on
            mentions.document_id = form_rows.document_id
            and mentions.form = form_rows.form
            and mentions.amount_yuan = form_rows.amount_yuan
    anti join pairs on mentions.mention_id = pairs.mention_id
    anti join by_name
        on
            mentions.document_id = by_name.document_id
            and mentions.part = by_name.part
            and mentions.form = by_name.form
            and form_rows.row_index = by_name.row_index
    where
        mentions.level = 'xiang'
        and mentions.amount_yuan <> 0
        and form_rows.level = 'xiang'
    qualify
        count(*) over (partition by mentions.mention_id, mentions.form) = 1
        and count(*) over (
            partition by mentions.document_id, mentions.part, mentions.form, form_rows.row_index
        ) = 1

),

matches as (

    select
        mentioned.document_id,
        mentioned.level,
        found.form,
        found.row_index,
        found.matched_by,
        unnest(mentioned.claim_ids) as claim_id
    from (
        select
            mention_id,
            form,
            row_index,
            matched_by
        from by_name
        union all
        select * from by_amount
    ) as found
    inner join {{ ref('int_classes__mentioned') }} as mentioned
        on found.mention_id = mentioned.mention_id

)

select
    matches.claim_id,
    matches.document_id,
    claims.part,
    matches.form,
    '' as section,
    matches.row_index,
    form_rows.row_code,
    form_rows.row_label,
    matches.matched_by,
    matches.level,
    claims.lei_name,
    claims.kuan_name,
    claims.xiang_name,
    form_rows.lei_label,
    form_rows.kuan_label,
    form_rows.row_label as xiang_label
from matches
inner join form_rows
    on
        matches.document_id = form_rows.document_id
        and matches.form = form_rows.form
        and matches.row_index = form_rows.row_index
inner join {{ ref('int_claims__keyed') }} as claims on matches.claim_id = claims.claim_id
