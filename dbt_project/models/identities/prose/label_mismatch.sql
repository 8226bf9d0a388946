-- Grain: one row per document, part of it, and item whose names the prose gives to a row of a form.
-- Catches: another name than the form prints for the same 类, 款 or 项.
-- Lets pass: every name that the code has or had, small words that come and go, and rows without a
-- name of their own.
with

compared as (

    select
        named.document_id,
        named.part,
        named.claim_id,
        named.form,
        named.row_index,
        claims.item_label,
        if(
            named.loose_prose_name = named.loose_form_name or known.code is not null,
            null,
            format('{} is {} in the form ({})', named.prose_name, named.form_name, named.code)
        ) as difference
    from {{ ref('int_classes__named') }} as named
    inner join {{ ref('int_claims__keyed') }} as claims on named.claim_id = claims.claim_id
    left join {{ ref('int_function_names__known') }} as known
        on named.code = known.code and named.loose_prose_name = known.loose_name
    -- A form may print 项 alone, or codes alone: it calls the row nothing then.
    where named.form_name <> ''

),

items as (

    select
        document_id,
        part || ' ' || item_label as scope_key,
        coalesce(
            {{ distinct_words("list(difference) filter (where difference is not null)", '; ') }}, ''
        ) as reason,
        min(claim_id) as claim_id,
        arg_min(form, claim_id) as form,
        arg_min(row_index, claim_id) as row_index
    from compared
    group by document_id, part, item_label

)

select
    items.document_id,
    'label_mismatch' as identity_id,
    items.scope_key,
    if(items.reason = '', 'exact', 'violation') as tier,
    items.reason,
    [items.claim_id] as left_ids,
    list_sort(list(cells.figure_id) filter (where cells.figure_id is not null)) as right_ids
from items
left join {{ ref('int_form_cells__joined') }} as cells
    on
        items.document_id = cells.document_id
        and items.form = cells.form
        and items.row_index = cells.row_index
        and cells.measure = 'total'
group by
    items.document_id, items.scope_key, items.reason, items.claim_id, items.form,
    items.row_index
