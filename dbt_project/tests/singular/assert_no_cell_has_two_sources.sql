-- Catches: an amount of the prose beside the form that prints the same cell, and two statements
-- that facts take for one cell.
-- Lets pass: what a form does not print at all (guests from abroad, procurement by organiser).
-- From: facts take the prose where a form is absent; sums would count the same money twice.
with

amounts as (

    select
        *,
        concat_ws(
            '|', document_id, form_family, form_basis, section, line, measure,
            coalesce(nullif(row_code, ''), row_label)
        ) as cell
    from {{ ref('int_amounts__published') }}

)

select
    document_id,
    cell,
    count(*) as amount_count
from amounts
where source = 'prose'
group by document_id, cell
having count(*) > 1
union all
select
    stated.document_id,
    stated.cell,
    count(*) as amount_count
from amounts as stated
inner join amounts as printed
    on
        stated.document_id = printed.document_id
        and stated.form_family = printed.form_family
        and stated.form_basis = printed.form_basis
        and stated.measure = printed.measure
where stated.source = 'prose' and printed.source = 'form'
group by stated.document_id, stated.cell
