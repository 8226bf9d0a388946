-- Grain: one row per document, identity, term and cell the term selects; a term whose form is
-- printed without any amount selects one blank cell, so that "empty" can be told from "missing".
-- The little language of the selectors is described in the documentation of identity_terms.
-- Statements of the narrative are cells too, of pseudo-forms named after their part and topic. They
-- are held against the forms of other parts of the publication as well, in source_id.
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

cells as (

    select
        document_id,
        source_id,
        form,
        section,
        row_index,
        row_code,
        parent_code,
        row_key,
        '' as group_key,
        row_label,
        line,
        is_leaf,
        sibling_count,
        measure,
        figure_id,
        amount_text,
        amount_yuan,
        half_step_yuan,
        half_step_yuan as own_half_step_yuan,
        true as is_money,
        1 as statement_number
    from {{ ref('int_form_cells__joined') }}
    union all
    select
        document_id,
        document_id as source_id,
        form,
        item as section,
        claim_index as row_index,
        item_code as row_code,
        parent_code,
        if(statement_number = 1, claim_name, claim_name || ' #' || statement_number) as row_key,
        group_key,
        coalesce(nullif(item_label, ''), item) as row_label,
        item as line,
        false as is_leaf,
        0 as sibling_count,
        measure,
        claim_id as figure_id,
        printed_text as amount_text,
        claim_value as amount_yuan,
        half_step as half_step_yuan,
        own_half_step as own_half_step_yuan,
        is_money,
        statement_number
    from {{ ref('int_claims__keyed') }}
    where is_own_year and claim_value is not null and not is_part_of_class

),

printed_forms as (

    select
        document_id,
        form,
        is_lent
    from {{ ref('int_forms__joined') }}
    union
    select
        document_id,
        form,
        false as is_lent
    from {{ ref('int_claims__keyed') }}

),

counted_forms as (

    select
        printed_forms.document_id,
        printed_forms.form,
        printed_forms.is_lent,
        count(cells.figure_id) as figure_count
    from printed_forms
    left join cells
        on printed_forms.document_id = cells.document_id and printed_forms.form = cells.form
    group by printed_forms.document_id, printed_forms.form, printed_forms.is_lent

),

named_rows as (

    select * from {{ ref('int_claims__matched') }}

),

identities as (

    select
        identity_id,
        document_kind,
        evidence = 'narrative' as is_of_prose,
        string_split(scope, ',') as scopes
    from {{ ref('identities') }}

),

terms as (

    select
        identity_terms.identity_id,
        identity_terms.term_no,
        identity_terms.side,
        identity_terms.sign,
        coalesce(identity_terms.section, '') as section,
        identity_terms.required,
        coalesce(identity_terms.scope_key, '') as term_key,
        unnest(string_split(identity_terms.form, '|')) as form,
        split_part(coalesce(identity_terms.scope_key, ''), '/', 1) as opened_key,
        split_part(identity_terms.rows, ':', 1) as selector,
        string_split(split_part(identity_terms.rows, ':', 2), '|') as selected,
        not contains(identity_terms.rows, ':') as selects_all,
        string_split(identity_terms.measures, '|') as measures,
        identities.document_kind,
        identities.is_of_prose,
        list_contains(identities.scopes, 'form') as by_form,
        list_has_any(identities.scopes, ['code', 'line']) as by_row,
        list_contains(identities.scopes, 'measure') as by_measure,
        list_contains(identities.scopes, 'claim') as by_claim,
        list_contains(identities.scopes, 'group') as by_group
    from {{ ref('identity_terms') }} as identity_terms
    inner join identities on identity_terms.identity_id = identities.identity_id

),

document_terms as (

    select
        documents.document_id,
        terms.*,
        counted_forms.figure_count
    from documents
    inner join terms
        on terms.document_kind = 'any' or documents.identity_kind = terms.document_kind
    inner join counted_forms
        on documents.document_id = counted_forms.document_id and terms.form = counted_forms.form
    where terms.is_of_prose or not counted_forms.is_lent

),

selected_cells as (

    select
        document_terms.document_id,
        document_terms.identity_id,
        document_terms.term_no,
        document_terms.side,
        document_terms.sign,
        document_terms.required,
        document_terms.term_key,
        document_terms.form,
        document_terms.by_claim,
        document_terms.selector,
        document_terms.selector in (
            'code', 'under', 'codes', 'children', 'only_child', 'leaves', 'roots'
        ) as is_by_code,
        if(document_terms.by_form, document_terms.form, '') as form_key,
        concat_ws(
            ' ',
            if(document_terms.by_claim, null, nullif(document_terms.opened_key, '')),
            if(document_terms.by_form, document_terms.form, null),
            case
                when document_terms.by_claim and document_terms.side = 'left' then cells.row_key
                when document_terms.by_group then cells.group_key
                when not document_terms.by_row then null
                when document_terms.selector in ('children', 'only_child') then cells.parent_code
                else cells.row_key
            end,
            if(document_terms.by_measure, cells.measure, null)
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
        cells.is_money
    from document_terms
    inner join cells
        on
            document_terms.document_id = cells.document_id
            and document_terms.form = cells.form
    where
        (document_terms.section = '' or document_terms.section = cells.section)
        and (
            document_terms.measures[1] = '*'
            or list_contains(document_terms.measures, cells.measure)
        )
        -- What is stated several times is one amount; only scope claim looks at each statement.
        and (document_terms.by_claim or cells.statement_number = 1)
        and case document_terms.selector
            when 'rows' then true
            when 'named' then true
            when 'line' then list_contains(document_terms.selected, cells.line)
            when 'total' then cells.line = 'total'
            when 'function_classes' then cells.line = 'function_class'
            when 'label' then list_contains(document_terms.selected, cells.row_label)
            when 'code' then list_contains(document_terms.selected, cells.row_code)
            when 'under' then list_contains(document_terms.selected, cells.parent_code)
            when 'leaves' then cells.is_leaf
            when 'roots' then length(cells.row_code) = 3
            when 'codes'
                then
                    cells.row_code <> ''
                    and (
                        document_terms.selects_all
                        or list_contains(
                            document_terms.selected, cast(length(cells.row_code) as varchar)
                        )
                    )
            when 'children'
                then
                    cells.parent_code <> ''
                    and (
                        document_terms.selects_all
                        or list_contains(
                            document_terms.selected, cast(length(cells.row_code) as varchar)
                        )
                    )
            when 'only_child' then cells.parent_code <> '' and cells.sibling_count = 1
            else error('unknown selector in identity_terms: ' || document_terms.selector)
        end

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
    left join named_rows
        on
            statements.document_id = named_rows.document_id
            and statements.claim_id = named_rows.claim_id
            and selected_cells.form = named_rows.form
            and selected_cells.section = named_rows.section
            and selected_cells.row_index = named_rows.row_index
    where
        selected_cells.by_claim
        and selected_cells.side = 'right'
        and (selected_cells.selector <> 'named' or named_rows.row_index is not null)

),

placed_cells as (

    select *
    from selected_cells
    where not (by_claim and side = 'right')
    union all by name
    select * from shared_cells

),

-- Scopes that rows do not open exist wherever the form is printed; where nothing is printed that
-- the term could select, it adds nothing.
blank_cells as (

    select
        document_terms.document_id,
        document_terms.identity_id,
        document_terms.term_no,
        document_terms.side,
        document_terms.sign,
        document_terms.required,
        document_terms.term_key,
        document_terms.form,
        if(document_terms.by_form, document_terms.form, '') as form_key,
        document_terms.opened_key as scope_key
    from document_terms
    where
        not document_terms.by_row
        and not document_terms.by_measure
        and not document_terms.by_form
        and not document_terms.by_claim
        and not document_terms.by_group
        and document_terms.side <> 'when_zero'
        and (document_terms.required = 'form' or document_terms.figure_count = 0)
    qualify row_number() over (
            partition by
                document_terms.document_id, document_terms.identity_id, document_terms.term_no
            order by document_terms.form
        ) = 1

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
from placed_cells
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
    document_id as source_id,
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
from blank_cells
