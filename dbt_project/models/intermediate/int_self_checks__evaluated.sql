-- Grain: one row per document, self-check and form on which it can be evaluated.
-- Checks of reading rather than of accounting: the reason says what is off.
with

forms as (

    select * from {{ ref('stg_forms') }}
    where form <> ''

),

furniture as (

    select * from {{ ref('stg_furniture') }}
    where form <> ''

),

figures as (

    select * from {{ ref('stg_figures') }}
    where form <> '' and measure <> '' and amount_yuan is not null

),

catalogue as (

    select * from {{ ref('stg_form_catalogue') }}

),

documents as (

    select * from {{ ref('int_documents__described') }}

),

coded_rows as (

    select distinct
        document_id,
        form,
        section,
        row_index,
        row_code,
        row_label
    from {{ ref('stg_form_rows') }}
    where form <> '' and row_code <> ''

),

line_numbers as (

    select
        document_id,
        form,
        min(printed_number) as first_number,
        max(printed_number) as last_number,
        count(distinct printed_number) as number_count
    from furniture
    where furniture_kind = 'line_number' and printed_number is not null
    group by document_id, form

),

rownum_contiguous as (

    select
        document_id,
        'rownum_contiguous' as identity_id,
        form as scope_key,
        if(first_number = 1 and last_number = number_count, 'exact', 'violation') as tier,
        format(
            '{} line numbers from {} to {}', number_count, first_number, last_number
        ) as reason
    from line_numbers

),

column_numbers as (

    select
        document_id,
        form,
        max(printed_number) as last_number,
        count(distinct printed_number) as number_count
    from furniture
    where furniture_kind = 'column_number' and printed_number is not null
    group by document_id, form

),

colnum_matches_width as (

    select
        column_numbers.document_id,
        'colnum_matches_width' as identity_id,
        column_numbers.form as scope_key,
        if(
            column_numbers.last_number = column_numbers.number_count
            and column_numbers.number_count = forms.column_count,
            'exact',
            'violation'
        ) as tier,
        format(
            '{} column numbers up to {} on {} value columns',
            column_numbers.number_count, column_numbers.last_number, forms.column_count
        ) as reason
    from column_numbers
    inner join forms
        on column_numbers.document_id = forms.document_id and column_numbers.form = forms.form

),

shaped_codes as (

    select
        coded_rows.document_id,
        coded_rows.form,
        coded_rows.row_code,
        not {{ is_code_shape('coded_rows.row_code') }} as is_misshapen,
        length(coded_rows.row_code) > 3 and parents.row_code is null as is_orphan
    from coded_rows
    left join coded_rows as parents
        on
            coded_rows.document_id = parents.document_id
            and coded_rows.form = parents.form
            and {{ parent_code('coded_rows.row_code') }} = parents.row_code

),

code_shape as (

    select
        document_id,
        'code_shape' as identity_id,
        form as scope_key,
        if(bool_or(is_misshapen or is_orphan), 'violation', 'exact') as tier,
        if(
            bool_or(is_misshapen or is_orphan),
            'misshapen or without a printed parent: '
            || string_agg(distinct row_code, ' ' order by row_code)
            filter (where is_misshapen or is_orphan),
            format('{} codes', count(distinct row_code))
        ) as reason
    from shaped_codes
    group by document_id, form

),

known_names as (

    select
        code,
        {{ printed_name('name_zh') }} as printed_name
    from {{ ref('functional_classification') }}
    union
    select
        code,
        {{ printed_name('name_zh') }} as printed_name
    from {{ ref('functional_name_history') }}
    union
    select
        code,
        {{ printed_name('name_zh') }} as printed_name
    from {{ ref('economic_classification') }}
    union
    select
        code,
        {{ printed_name('name_zh') }} as printed_name
    from {{ ref('economic_name_history') }}

),

names_by_code as (

    select
        code,
        list(printed_name) as printed_names
    from known_names
    group by code

),

named_codes as (

    select
        coded_rows.document_id,
        coded_rows.form,
        coded_rows.row_code,
        coded_rows.row_label,
        names_by_code.code is not null as is_listed,
        list_contains(
            names_by_code.printed_names, {{ printed_name('coded_rows.row_label') }}
        ) as is_known
    from coded_rows
    left join names_by_code on coded_rows.row_code = names_by_code.code

),

code_name_known as (

    select
        document_id,
        'code_name_known' as identity_id,
        form as scope_key,
        case
            when bool_or(is_listed and not is_known) then 'violation'
            when bool_or(is_listed) then 'exact'
            else 'not_evaluable'
        end as tier,
        format(
            '{} of {} codes are in the lists',
            count(distinct row_code) filter (where is_listed),
            count(distinct row_code)
        )
        || coalesce(
            '; under another name: '
            || string_agg(
                distinct row_code || ' ' || row_label, ', ' order by row_code || ' ' || row_label
            ) filter (where is_listed and not is_known),
            ''
        ) as reason
    from named_codes
    group by document_id, form

),

domain_codes as (

    select
        coded_rows.document_id,
        coded_rows.form,
        coded_rows.row_code,
        if(
            catalogue.classification = 'functional',
            coded_rows.row_code[1] <> '2',
            coded_rows.row_code[1] not in ('3', '5')
        ) as is_foreign
    from coded_rows
    inner join catalogue on coded_rows.form = catalogue.form
    where catalogue.classification in ('functional', 'economic')

),

code_domain as (

    select
        document_id,
        'code_domain' as identity_id,
        form as scope_key,
        if(bool_or(is_foreign), 'violation', 'exact') as tier,
        if(
            bool_or(is_foreign),
            'codes of the other classification: '
            || string_agg(distinct row_code, ' ' order by row_code) filter (where is_foreign),
            format('{} codes', count(distinct row_code))
        ) as reason
    from domain_codes
    group by document_id, form

),

headers as (

    select
        forms.document_id,
        forms.form,
        documents.department_name,
        regexp_replace({{ printed_name('forms.entity_text') }}, '^[^:]*:', '') as entity_name,
        {{ printed_name('documents.department_name') }} as cover_name
    from forms
    inner join documents on forms.document_id = documents.document_id

),

entity_header as (

    select
        document_id,
        'entity_year_unit_header' as identity_id,
        form as scope_key,
        case
            when entity_name = '' or cover_name = '' then 'not_evaluable'
            when entity_name = cover_name then 'exact'
            else 'violation'
        end as tier,
        case
            when entity_name = '' then 'blank'
            when cover_name = '' then 'the document names no department'
            else 'printed: ' || entity_name
        end as reason
    from headers

),

fund_form_amounts as (

    select
        forms.document_id,
        forms.form,
        forms.empty_statement,
        forms.empty_statement_forms,
        count(figures.figure_id) filter (where figures.amount_yuan <> 0) as nonzero_count
    from forms
    inner join catalogue on forms.form = catalogue.form
    left join figures on forms.document_id = figures.document_id and forms.form = figures.form
    -- Forms that a department without such money prints empty.
    where
        catalogue.family = 'expenditure'
        and catalogue.basis in ('government_fund', 'state_capital')
    group by all

),

empty_form_has_note as (

    select
        document_id,
        'empty_form_has_note' as identity_id,
        form as scope_key,
        case
            when nonzero_count > 0 then 'not_applicable'
            when empty_statement <> '' and list_contains(empty_statement_forms, form) then 'exact'
            else 'violation'
        end as tier,
        case
            when nonzero_count > 0 then format('{} amounts are printed', nonzero_count)
            when empty_statement = '' then 'no amount and no statement'
            else 'the statement speaks of ' || array_to_string(empty_statement_forms, ', ')
        end as reason
    from fund_form_amounts

),

non_negative as (

    select
        document_id,
        'non_negative' as identity_id,
        form as scope_key,
        if(bool_or(amount_yuan < 0), 'violation', 'exact') as tier,
        if(
            bool_or(amount_yuan < 0),
            'negative: '
            || string_agg(
                concat_ws(' ', coalesce(nullif(row_code, ''), row_label), measure, amount_text),
                ', '
                order by row_index, measure
            ) filter (where amount_yuan < 0),
            format('{} amounts', count(*))
        ) as reason,
        {{ check_terms(
            'figure_id', 'form', 'row_code', 'row_label', 'measure', 'amount_text',
            row_index='row_index', condition='amount_yuan < 0'
        ) }} as terms
    from figures
    group by document_id, form

)

select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    null as terms
from rownum_contiguous
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    null as terms
from colnum_matches_width
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    null as terms
from code_shape
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    null as terms
from code_name_known
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    null as terms
from code_domain
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    null as terms
from entity_header
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    null as terms
from empty_form_has_note
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    terms
from non_negative
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    terms
from {{ ref('empty_note_holds') }}
