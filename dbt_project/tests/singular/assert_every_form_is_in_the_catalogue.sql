-- Catches: a form that tables bear and the form catalogue does not hold, so that no fact counts it,
-- and a form that one document gives to two tables, so that its rows run together.
-- Lets pass: tables without a form; forms that no document prints.
-- From: facts choose forms by what the catalogue says of them, and rows are keyed by form.
select
    forms.document_id,
    forms.form,
    count(*) as table_count
from {{ ref('stg_forms') }} as forms
left join {{ ref('stg_form_catalogue') }} as catalogue on forms.form = catalogue.form
where forms.form <> ''
group by forms.document_id, forms.form
having count(*) > 1 or count(catalogue.form) = 0
