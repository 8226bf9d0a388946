-- Grain: one row per document, identity, term and cell the term selects; a term whose form is
-- printed without any amount selects one blank cell, so that "empty" can be told from "missing".
-- What the prose says is held against the forms of other parts of the publication as well.
with

cells as (

    select * from {{ ref('int_identity_cells__gathered') }}

),

selected_cells as not materialized (

    select
        cells.document_id,
        matched.identity_id,
        matched.term_no,
        matched.side,
        matched.sign,
        matched.required,
        matched.term_key,
        matched.form,
        matched.form_key,
        concat_ws(
            ' ',
            nullif(matched.key_opening, ''),
            case matched.keyed_by
                when 'row' then cells.row_key
                when 'group' then cells.group_key
                when 'parent' then cells.parent_code
            end,
            matched.key_ending
        ) as scope_key,
        cells.source_id,
        cells.section,
        cells.row_index,
        cells.row_code,
        cells.row_label,
        cells.measure,
        cells.figure_id,
        cells.amount_text,
        cells.amount_yuan,
        cells.half_step_yuan,
        cells.own_half_step_yuan,
        cells.is_money,
        matched.is_by_code,
        matched.by_claim,
        matched.selector
    from cells
    inner join {{ ref('int_identity_terms__matched') }} as matched
        on
            cells.form = matched.form
            and cells.section = matched.section
            and cells.measure = matched.measure
            and cells.line = matched.line
            and cells.row_code = matched.row_code
            and cells.parent_code = matched.parent_code
            and cells.known_label = matched.known_label
            and cells.is_leaf = matched.is_leaf
            and cells.is_only_child = matched.is_only_child
            and cells.is_first_statement = matched.is_first_statement
    where
        matched.document_kind in ('any', cells.identity_kind)
        -- Forms are held against each other in one file.
        and (matched.is_of_prose or cells.source_id = cells.document_id)

),

-- Each statement that the left side selects is an instance, and the other side takes part in all of
-- them: with everything it selects, or with the row that the statement names.
statements as (

    select
        document_id,
        identity_id,
        term_key,
        scope_key,
        figure_id as claim_id
    from selected_cells
    where by_claim and side = 'left'

),

shared_cells as (

    select selected_cells.* replace (statements.scope_key as scope_key)
    from selected_cells
    inner join statements
        on
            selected_cells.document_id = statements.document_id
            and selected_cells.identity_id = statements.identity_id
            and selected_cells.term_key = statements.term_key
    left join {{ ref('int_claims__matched') }} as named_rows
        on
            statements.document_id = named_rows.document_id
            and statements.claim_id = named_rows.claim_id
            and selected_cells.form = named_rows.form
            and selected_cells.section = named_rows.section
            and selected_cells.row_index = named_rows.row_index
    where
        selected_cells.side = 'right'
        and (selected_cells.selector <> 'named' or named_rows.row_index is not null)

)

select
    document_id,
    identity_id,
    term_no,
    side,
    sign,
    required,
    term_key,
    form,
    form_key,
    scope_key,
    source_id,
    section,
    row_index,
    row_code,
    row_label,
    measure,
    figure_id,
    amount_text,
    amount_yuan,
    half_step_yuan,
    own_half_step_yuan,
    is_money,
    is_by_code
from selected_cells
where not (by_claim and side = 'right')
union all
select
    document_id,
    identity_id,
    term_no,
    side,
    sign,
    required,
    term_key,
    form,
    form_key,
    scope_key,
    source_id,
    section,
    row_index,
    row_code,
    row_label,
    measure,
    figure_id,
    amount_text,
    amount_yuan,
    half_step_yuan,
    own_half_step_yuan,
    is_money,
    is_by_code
from shared_cells
union all
select
    document_id,
    identity_id,
    term_no,
    side,
    sign,
    required,
    term_key,
    form,
    form_key,
    scope_key,
    source_id,
    null as section,
    null as row_index,
    null as row_code,
    null as row_label,
    null as measure,
    null as figure_id,
    null as amount_text,
    null as amount_yuan,
    null as half_step_yuan,
    null as own_half_step_yuan,
    null as is_money,
    false as is_by_code
from {{ ref('int_identity_terms__blank') }}
