{#- Half of the last printed decimal: 0.005 for two decimals. -#}
{% macro half_of_last_decimal(decimals) -%}
cast('0.' || repeat('0', cast({{ decimals }} as integer)) || '5' as decimal(18, 9))
{%- endmacro %}

{#- How well the role of a statement answers for the year of a document of this kind: final accounts tell
    what was spent, and what was budgeted only where they tell no more; budgets the budget. Null of other
    years and of what is worked out anew. -#}
{% macro role_rank(kind, role) -%}
list_position(
    if(
        {{ kind }} = 'budget',
        ['budget', 'adjusted_budget', 'opening_budget', 'actual'],
        ['actual', 'adjusted_budget', 'budget', 'opening_budget']
    ),
    {{ role }}
)
{%- endmacro %}

{#- A column of the statement with the largest value, the first of equal ones: what stands beside the
    largest value of a group is of the same statement. An aggregate, which a filter may follow. -#}
{% macro of_largest(column) -%}
first({{ column }} order by claim_value desc nulls last, claim_index asc)
{%- endmacro %}

{#- A name as prose shortens it: without brackets and what they add, without 支出 at its end, without
    the small words that come and go (维修费 and 维修(护)费, 其他商品服务支出 and 其他商品和服务支出). -#}
{% macro loose_name(column) -%}
regexp_replace(
    regexp_replace(
        regexp_replace({{ printed_name(column) }}, '\([^()]*\)', '', 'g'), '支出$', ''
    ),
    '[和与及、,"“”‘’·]',
    '',
    'g'
)
{%- endmacro %}

{#- Whether a printed per cent, with what rounding may have taken from and added to it, meets the
    interval of a hundred times the part by the whole. -#}
{% macro percent_meets(percent, below, above, part_low, part_high, whole_low, whole_high) -%}
{{ part_low }} <= ({{ percent }} + {{ above }}) * {{ whole_high }}
and {{ part_high }} >= ({{ percent }} - {{ below }}) * {{ whole_low }}
{%- endmacro %}

{#- A change of less as a negative number, null where neither word nor sign says which way it goes. -#}
{% macro signed_change(direction, value) -%}
case
    when {{ direction }} = 'decrease' or {{ value }} < 0 then -abs({{ value }})
    when {{ direction }} = 'increase' then {{ value }}
end
{%- endmacro %}

{#- How the names of units and offices end. -#}
{% macro unit_name_ending() -%}
'(局|处|科|室|股|所|站|院|馆|队|中心|校|园|委|办|会|部|厅|司|组|社|台|库|场|庭|机关|本级)$'
{%- endmacro %}

{#- Whether a statement is of what a 类, 款 or 项 was spent on (其中：基本支出), which group_label names, and
    not of the fund's own basic or project expenditure. -#}
{% macro is_part_of_class(claim) -%}
(
    {{ claim }}.group_label <> ''
    and {{ claim }}.topic in (
        'general_budget', 'government_fund', 'state_capital', 'appropriation', 'expenditure'
    )
    and {{ claim }}.item in ('basic', 'project', 'personnel', 'public')
)
{%- endmacro %}

{#- The words of a list, each once and in order. Faster than an aggregate that orders or keeps apart. -#}
{% macro distinct_words(words, between=', ') -%}
array_to_string(list_sort(list_distinct({{ words }})), '{{ between }}')
{%- endmacro %}

{#- What a statement stands in, as identities call it: a pseudo-form named after its part and topic
    (narrative.procurement). -#}
{% macro claim_form(claim) -%}
concat_ws('.', {{ claim }}.part, nullif({{ claim }}.topic, ''))
{%- endmacro %}

{#- What a statement is of, as identities call it: its item, with the names that are printed. -#}
{% macro claim_row_name(claim) -%}
concat_ws(
    ' ',
    nullif({{ claim }}.item, ''),
    nullif({{ claim }}.item_label, ''),
    nullif({{ claim }}.group_label, '')
)
{%- endmacro %}

{#- The sort of a statement's value: 持平 states a change of nothing. -#}
{% macro claim_value_kind(claim) -%}
if({{ claim }}.claim_kind = 'direction', 'change', {{ claim }}.claim_kind)
{%- endmacro %}

{#- What a statement says of it, as identities call it. -#}
{% macro claim_measure(claim) -%}
case
    when {{ claim_value_kind(claim) }} in ('change', 'growth')
        then concat_ws('_', {{ claim_value_kind(claim) }}, nullif({{ claim }}.base, ''))
    when {{ claim_value_kind(claim) }} in ('amount', 'count', 'score', 'none')
        then {{ claim }}.role
    else {{ claim }}.role || '_' || {{ claim_value_kind(claim) }}
end
{%- endmacro %}
