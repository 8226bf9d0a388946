-- Grain: one row per document and statement of a change or growth beside which both years stand.
-- Catches: a change, a growth or 持平 that does not follow from this year's and last year's amount.
-- Lets pass: any rounding, a per cent cut off, a paragraph that states either year several times.
select
    document_id,
    'yoy_stated' as identity_id,
    claim_name || ' ' || claim_kind || ' #' || claim_index as scope_key,
    if(claim_kind = 'growth', '%', 'yuan') as unit,
    said as left_yuan,
    cast(
        case
            when claim_kind = 'change' then now_value - prior_value
            when prior_value > 0 then round(100 * now_value / prior_value - 100, 4)
        end as decimal(24, 6)
    ) as right_yuan,
    case
        when is_loose and said = 0 then 'not_evaluable'
        when claim_kind = 'change' and said = now_value - prior_value then 'exact'
        when
            claim_kind = 'change'
            and abs(said - now_value + prior_value) <= said_half + now_half + prior_half
            then 'rounding_likely'
        when claim_kind = 'change' then 'violation'
        when prior_value <= prior_half then 'not_applicable'
        when 100 * now_value = (100 + said) * prior_value then 'exact'
        when
            {{ percent_meets('100 + said', 'said_half', 'said_half',
                             '100 * (now_value - now_half)', '100 * (now_value + now_half)',
                             '(prior_value - prior_half)', '(prior_value + prior_half)') }}
            then 'rounding_likely'
        when
            {{ percent_meets('100 + said', '2 * said_half', '2 * said_half',
                             '100 * (now_value - now_half)', '100 * (now_value + now_half)',
                             '(prior_value - prior_half)', '(prior_value + prior_half)') }}
            then 'rounding_possible'
        else 'violation'
    end as tier,
    case
        when is_loose and said = 0 then 'said to be about the same'
        when claim_kind = 'growth' and prior_value <= prior_half
            then 'there is nothing to divide by'
        else ''
    end as reason,
    [claim_id] as left_ids,
    [now_id, prior_id] as right_ids
from {{ ref('int_changes__paired') }}
