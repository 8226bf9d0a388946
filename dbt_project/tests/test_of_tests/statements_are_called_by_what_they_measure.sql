-- Catches: a change of the macros claim_measure, claim_value_kind and is_part_of_class that would
-- call a statement otherwise than identities do, or take what a 类 was spent on for a fund's own.
-- Lets pass: what the reader takes for which kind; its own tests cover that.
-- From: 比上年增长5% and 持平, which are told with what they compare, and 教育支出…其中：基本支出.
with

claims (
    claim_kind, base, role, group_label, topic, item, expected_measure, expected_part
) as (
    values
    ('change', 'previous_year', '', '', '', '', 'change_previous_year', false),
    ('direction', 'previous_year', '', '', '', '', 'change_previous_year', false),
    ('growth', 'opening_budget', 'actual', '', '', '', 'growth_opening_budget', false),
    ('growth', '', 'actual', '', '', '', 'growth', false),
    ('share', 'income.total', 'actual', '', '', '', 'actual_share', false),
    ('count', 'previous_year', 'actual', '', 'assets', 'vehicles', 'actual', false),
    ('score', '', 'actual', '', 'performance', 'total', 'actual', false),
    ('none', '', 'actual', '', 'three_public', 'overseas', 'actual', false),
    ('amount', '', 'budget', '教育支出', 'general_budget', 'basic', 'budget', true),
    ('amount', '', 'budget', '教育支出', 'government_fund', 'project', 'budget', true),
    ('amount', '', 'budget', '教育支出', 'state_capital', 'personnel', 'budget', true),
    ('amount', '', 'budget', '教育支出', 'appropriation', 'public', 'budget', true),
    ('amount', '', 'budget', '教育支出', 'expenditure', 'basic', 'budget', true),
    ('amount', '', 'budget', '教育支出', 'income', 'basic', 'budget', false),
    ('amount', '', 'budget', '教育支出', 'expenditure', 'total', 'budget', false),
    ('amount', '', 'budget', '', 'expenditure', 'basic', 'budget', false)
),

told as (

    select
        *,
        {{ claim_measure('claims') }} as measure,
        {{ is_part_of_class('claims') }} as is_part
    from claims

)

select
    claim_kind,
    topic,
    item,
    measure,
    is_part
from told
where measure is distinct from expected_measure or is_part is distinct from expected_part
