-- Catches: a change of the macro rounding_tier that would call an error rounding, or rounding an
-- error. Each tier has a case it must take and a neighbour it must leave to the next tier.
-- Lets pass: how the sums are gathered; the unit test of int_identities__evaluated covers that.
-- From: IDENTITIES §1.2 and §1.3; the residuals are those of real files, the step is 100 yuan
-- (0.01 万元).
with

-- What each case prints: gap, half steps of non-zero amounts, half steps of zeros that could
-- explain the gap, how many amounts, the coarsest and finest step, and Σu².
cases (
    case_name, expected_tier, gap, reach, zero_reach, amount_count, largest_step, smallest_step,
    step_squares
) as (
    values
    ('equal', 'exact', 0, 150, 0, 3, 100, 100, 30000),
    ('one step over three amounts', 'rounding_likely', 100, 150, 0, 3, 100, 100, 30000),
    ('one step the other way', 'rounding_likely', -100, 150, 0, 3, 100, 100, 30000),
    ('two steps over three amounts', 'violation', 200, 150, 0, 3, 100, 100, 30000),
    ('exactly the reach of four amounts', 'violation', 200, 200, 0, 4, 100, 100, 40000),
    ('three steps over seven amounts', 'rounding_likely', 300, 350, 0, 7, 100, 100, 70000),
    ('three steps over twelve amounts', 'rounding_likely', 300, 600, 0, 12, 100, 100, 120000),
    ('four steps over twelve amounts', 'rounding_possible', 400, 600, 0, 12, 100, 100, 120000),
    ('four steps too few', 'rounding_possible', -400, 600, 0, 12, 100, 100, 120000),
    ('five steps over twelve amounts', 'rounding_possible', 500, 600, 0, 12, 100, 100, 120000),
    ('four steps over thirteen amounts', 'rounding_possible', 400, 650, 0, 13, 100, 100, 130000),
    ('six steps over twelve amounts', 'violation', 600, 600, 0, 12, 100, 100, 120000),
    ('a zero may hide the gap', 'rounding_possible', 200, 150, 100, 3, 100, 100, 30000),
    ('zeros too few to hide the gap', 'violation', 200, 150, 50, 3, 100, 100, 30000),
    ('two printings, one step apart', 'copy_mismatch', 100, 100, 0, 2, 100, 100, 20000),
    ('two printings, two steps apart', 'violation', 200, 100, 0, 2, 100, 100, 20000),
    ('one amount, one step from nothing', 'violation', 100, 50, 0, 1, 100, 100, 10000),
    ('two printings, coarse and fine meet', 'rounding_likely', 400, 550, 0, 2, 1000, 100, 1010000),
    ('two printings, coarse and fine part', 'violation', 550, 550, 0, 2, 1000, 100, 1010000),
    (
        'a fine sum against a coarse total', 'rounding_likely', 4999.999, 5000.005, 0, 3, 10000,
        0.01, 100000000
    ),
    (
        'a fine sum beyond a coarse total', 'violation', 5000.01, 5000.005, 0, 3, 10000, 0.01,
        100000000
    )
),

typed as (

    select
        case_name,
        expected_tier,
        cast(gap as decimal(24, 6)) as gap,
        cast(reach as decimal(24, 6)) as reach,
        cast(zero_reach as decimal(24, 6)) as zero_reach,
        amount_count,
        cast(largest_step as decimal(24, 6)) as largest_step,
        cast(smallest_step as decimal(24, 6)) as smallest_step,
        cast(step_squares as decimal(24, 6)) as step_squares
    from cases

),

judged as (

    select
        case_name,
        expected_tier,
        {{ rounding_tier(
            'gap', 'reach', 'zero_reach', 'amount_count',
            'largest_step', 'smallest_step', 'step_squares'
        ) }} as tier
    from typed

)

select
    case_name,
    expected_tier,
    tier
from judged
where tier is distinct from expected_tier
