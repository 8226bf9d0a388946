-- Catches: a change of the macro signed_change that would turn a change round, or guess which way
-- one goes of which neither a word nor a sign tells it.
-- Lets pass: which words say so; the reader's own tests cover that.
-- From: 减少-5.00万元, whose sign repeats the word, and 变动0.00万元.
with

cases (direction, claim_value, expected_change) as (
    values
    ('decrease', 5.0, -5.0),
    ('decrease', -5.0, -5.0),
    ('increase', 0.5, 0.5),
    ('', -0.5, -0.5),
    ('', -5.0, -5.0),
    ('', 0.5, null),
    ('', 0.0, null)
),

told as (

    select
        *,
        {{ signed_change('direction', 'claim_value') }} as told_change
    from cases

)

select
    direction,
    claim_value,
    told_change
from told
where told_change is distinct from expected_change
