-- Catches: a change of the macro is_code_of_units that would take codes of units for those of a
-- classification, or the other way round.
-- Lets pass: whether a code exists; code_name_known says so.
-- From: departments that print units (201001, 201001001) in the column of codes, below one of three
-- digits for all of them, beside 类, 款 and 项 in other forms.
with

cases (document_id, form, row_code, expected) as (
    values
    ('six digits', 'income', '201', true),
    ('six digits', 'income', '201001', true),
    ('six digits', 'income', '205', false),
    ('six digits', 'income', '2050201', false),
    ('nine digits', 'income', '201001001', true),
    ('eight digits', 'income', '20100101', true),
    ('a classification', 'income', '2010301', false),
    ('a classification', 'income', '20103', false),
    ('two forms', 'income', '201001', true),
    ('two forms', 'expenditure', '201', false)
),

told as (

    select
        *,
        {{ is_code_of_units() }} as is_told
    from cases

)

select
    document_id,
    form,
    row_code,
    is_told
from told
where is_told is distinct from expected
