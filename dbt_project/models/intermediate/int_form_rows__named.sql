-- Grain: one row per coded row of a form that a document prints or borrows, with the names of the 类
-- and 款 that it stands below there.
{{ config(materialized='ephemeral') }}
with

coded_rows as (

    select
        document_id,
        form,
        row_index,
        row_code,
        row_label,
        max(amount_yuan) filter (where measure in ('total', 'amount')) as amount_yuan
    from {{ ref('int_form_cells__joined') }}
    where row_code <> '' and section = ''
    group by document_id, form, row_index, row_code, row_label

),

-- A few hundred labels make all rows: each is shortened once.
label_names as (

    select
        row_label,
        {{ loose_name('row_label') }} as own_name
    from (select distinct coded_rows.row_label from coded_rows) as labels

),

named_rows as (

    select
        coded_rows.*,
        label_names.own_name,
        if(length(coded_rows.row_code) = 7, coded_rows.row_code[:5], null) as kuan_code,
        if(length(coded_rows.row_code) > 3, coded_rows.row_code[:3], null) as lei_code
    from coded_rows
    inner join label_names on coded_rows.row_label = label_names.row_label

),

-- A form that prints a code twice names two rows alike: the first one counts.
headings as (

    select
        document_id,
        form,
        row_code,
        arg_min(own_name, row_index) as own_name,
        arg_min(row_label, row_index) as row_label
    from named_rows
    group by document_id, form, row_code

)

select
    named_rows.document_id,
    named_rows.form,
    named_rows.row_index,
    named_rows.row_code,
    {{ code_level('named_rows.row_code') }} as level,
    named_rows.row_label,
    named_rows.own_name,
    named_rows.amount_yuan,
    coalesce(kuan.own_name, '') as kuan_name,
    coalesce(kuan.row_label, '') as kuan_label,
    coalesce(lei.own_name, '') as lei_name,
    coalesce(lei.row_label, '') as lei_label
from named_rows
left join headings as kuan
    on
        named_rows.document_id = kuan.document_id
        and named_rows.form = kuan.form
        and named_rows.kuan_code = kuan.row_code
left join headings as lei
    on
        named_rows.document_id = lei.document_id
        and named_rows.form = lei.form
        and named_rows.lei_code = lei.row_code
