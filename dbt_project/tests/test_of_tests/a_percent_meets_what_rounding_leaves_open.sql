-- Catches: a change of the macro percent_meets that would doubt a per cent at the end of what
-- rounding leaves open, or let one pass beyond it.
-- Lets pass: how much rounding takes; the models that ask say so.
-- From: 占 33.3%, which may be 33.25 to 33.35, of a part and a whole printed to one decimal.
with

-- A hundred times the part by the whole is from 33.2 (3320 of 100) to 33.4 (3340 of 100).
cases (percent, below, above, expected) as (
    values
    (33.3, 0.05, 0.05, true),
    (33.15, 0.05, 0.05, true),
    (33.14, 0.05, 0.05, false),
    (33.45, 0.05, 0.05, true),
    (33.46, 0.05, 0.05, false),
    (33.15, 0.05, 0, false),
    (33.45, 0, 0.05, false)
),

told as (

    select
        *,
        {{ percent_meets('percent', 'below', 'above', '3320', '3340', '100', '100') }} as is_met
    from cases

)

select
    percent,
    below,
    above,
    is_met
from told
where is_met is distinct from expected
