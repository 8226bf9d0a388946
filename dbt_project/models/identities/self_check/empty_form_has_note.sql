-- Grain: one row per document and printing of a form of fund money, which a department without
-- such money prints empty.
-- Catches: an empty form without a word on it, and one under a statement on another form.
-- Lets pass: forms that print an amount; whether the statement is true, see empty_note_holds.
with

fund_forms as (

    select
        forms.document_id,
        forms.form,
        forms.empty_statement,
        forms.empty_statement_forms,
        count(figures.figure_id) as nonzero_count
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('stg_form_catalogue') }} as catalogue on forms.form = catalogue.form
    left join {{ ref('stg_figures') }} as figures
        on
            forms.document_id = figures.document_id
            and forms.form = figures.form
            and figures.measure <> ''
            and (figures.amount_yuan <> 0 or figures.is_doubtful)
    where
        catalogue.family = 'expenditure'
        and catalogue.basis in ('government_fund', 'state_capital')
    group by all

)

select
    document_id,
    'empty_form_has_note' as identity_id,
    form as scope_key,
    case
        when nonzero_count > 0 then 'not_applicable'
        -- 无此项预算 below a form speaks of that form.
        when
            empty_statement <> ''
            and (len(empty_statement_forms) = 0 or list_contains(empty_statement_forms, form))
            then 'exact'
        else 'violation'
    end as tier,
    case
        when nonzero_count > 0 then format('{} amounts are printed', nonzero_count)
        when empty_statement = '' then 'no amount and no statement'
        when empty_statement_forms = [] then ''
        else 'the statement speaks of ' || array_to_string(empty_statement_forms, ', ')
    end as reason
from fund_forms
