-- Grain: one row per identity, term and kind of cell that the term selects.
-- A kind is all that selectors ask of a cell. Documents print the same forms, so there are few
-- kinds of many cells, and each is held against the catalogue once.
{{ config(materialized='ephemeral') }}
with

kinds as (

    select distinct
        form,
        section,
        measure,
        line,
        row_code,
        parent_code,
        known_label,
        is_leaf,
        is_only_child,
        is_first_statement
    from {{ ref('int_identity_cells__gathered') }}

)

select
    terms.identity_id,
    terms.term_no,
    terms.side,
    terms.sign,
    terms.required,
    terms.term_key,
    terms.document_kind,
    terms.is_of_prose,
    terms.by_claim,
    terms.selector,
    terms.selector in (
        'code', 'under', 'codes', 'children', 'only_child', 'leaves', 'roots'
    ) as is_by_code,
    if(terms.by_form, terms.form, '') as form_key,
    -- What a scope key is made of: what the catalogue gives, what the row gives, and the column.
    concat_ws(
        ' ',
        if(terms.by_claim, null, nullif(terms.opened_key, '')),
        if(terms.by_form, terms.form, null)
    ) as key_opening,
    case
        when terms.by_claim and terms.side = 'left' then 'row'
        when terms.by_group then 'group'
        when not terms.by_row then ''
        when terms.selector in ('children', 'only_child') then 'parent'
        else 'row'
    end as keyed_by,
    if(terms.by_measure, kinds.measure, null) as key_ending,
    kinds.*
from {{ ref('int_identity_terms__parsed') }} as terms
inner join kinds on terms.form = kinds.form
where
    (terms.section = '' or terms.section = kinds.section)
    and (terms.measures[1] = '*' or list_contains(terms.measures, kinds.measure))
    -- What is stated several times is one amount; only scope claim looks at each statement.
    and (terms.by_claim or kinds.is_first_statement)
    and case terms.selector
        when 'rows' then true
        when 'named' then true
        when 'line' then list_contains(terms.selected, kinds.line)
        when 'total' then kinds.line = 'total'
        when 'function_classes' then kinds.line = 'function_class'
        when 'label' then list_contains(terms.selected, kinds.known_label)
        when 'code' then list_contains(terms.selected, kinds.row_code)
        when 'under' then list_contains(terms.selected, kinds.parent_code)
        when 'leaves' then kinds.is_leaf
        when 'roots' then length(kinds.row_code) = 3
        when 'codes'
            then
                kinds.row_code <> ''
                and (
                    terms.selects_all
                    or list_contains(terms.selected, cast(length(kinds.row_code) as varchar))
                )
        when 'children'
            then
                kinds.parent_code <> ''
                and (
                    terms.selects_all
                    or list_contains(terms.selected, cast(length(kinds.row_code) as varchar))
                )
        when 'only_child' then kinds.parent_code <> '' and kinds.is_only_child
        else error('unknown selector in identity_terms: ' || terms.selector)
    end
