-- Grain: one row per document, cross-document identity and scope key that both documents print.
-- Of several files of one disclosure the one with most figures is what others are compared with.
with

documents as (

    select * from {{ ref('int_documents__described') }}
    where
        department_id is not null
        and fiscal_year is not null
        and kind is not null
        and sha256 in (select files.sha256 from {{ ref('stg_files') }} as files)

),

figure_counts as (

    select
        document_id,
        count(*) as figure_count
    from {{ ref('stg_figures') }}
    group by document_id

),

editions as (

    select
        documents.document_id,
        documents.file_name,
        documents.department_id,
        documents.fiscal_year,
        documents.kind,
        documents.scope,
        row_number() over (
            partition by
                documents.department_id, documents.fiscal_year, documents.kind, documents.scope
            order by
                figure_counts.figure_count desc, documents.file_kind asc, documents.document_id asc
        ) as edition_rank
    from documents
    inner join figure_counts on documents.document_id = figure_counts.document_id

),

pairs as (

    select
        own.document_id,
        others.document_id as other_id,
        others.file_name as other_file,
        case
            when others.kind <> own.kind then 'budget'
            when others.fiscal_year < own.fiscal_year then 'prior_year'
            else 'revision'
        end as relation
    from editions as own
    inner join editions as others
        on
            own.department_id = others.department_id
            and own.scope = others.scope
    where
        others.edition_rank = 1
        and (
            own.kind = others.kind and own.fiscal_year - 1 = others.fiscal_year
            or own.kind = 'final_accounts'
            and others.kind = 'budget'
            and own.fiscal_year = others.fiscal_year
            or own.kind = others.kind
            and own.fiscal_year = others.fiscal_year
            and own.edition_rank > 1
        )

),

cells as (

    select
        document_id,
        form,
        section,
        line,
        row_key,
        row_code,
        measure,
        figure_id,
        amount_text,
        amount_yuan,
        half_step_yuan
    from {{ ref('int_form_cells__keyed') }}
    where figure_id is not null
    union all
    select
        document_id,
        form,
        item as section,
        item as line,
        claim_name as row_key,
        item_code as row_code,
        measure,
        claim_id as figure_id,
        printed_text as amount_text,
        claim_value as amount_yuan,
        half_step as half_step_yuan
    from {{ ref('int_claims__keyed') }}
    where is_own_year and is_money and claim_value is not null and statement_number = 1

),

terms as (

    select
        *,
        count(*) over (partition by identity_id, scope_key) as term_count
    from {{ ref('cross_document_terms') }}

),

relations as (

    select distinct
        identity_id,
        document as relation
    from terms
    where document <> 'own'

),

found as (

    select
        pairs.document_id,
        pairs.other_file,
        terms.identity_id,
        concat_ws(' ', terms.scope_key, if(terms.by_code, cells.row_code, null)) as scope_key,
        terms.term_no,
        terms.term_count,
        if(terms.document = 'own', 'left', 'right') as side,
        terms.sign,
        cells.form,
        cells.row_key,
        cells.measure,
        cells.figure_id,
        cells.amount_text,
        cells.amount_yuan,
        cells.half_step_yuan
    from terms
    inner join pairs on terms.document = pairs.relation
    inner join cells
        on
            pairs.other_id = cells.document_id
            and terms.form = cells.form
            and coalesce(terms.section, '') = cells.section
            and coalesce(terms.line, if(terms.by_code, cells.line, '')) = cells.line
            and terms.measure = cells.measure
    where not terms.by_code or cells.row_code <> ''
    union all
    select
        own_pairs.document_id,
        own_pairs.other_file,
        terms.identity_id,
        concat_ws(' ', terms.scope_key, if(terms.by_code, cells.row_code, null)) as scope_key,
        terms.term_no,
        terms.term_count,
        'left' as side,
        terms.sign,
        cells.form,
        cells.row_key,
        cells.measure,
        cells.figure_id,
        cells.amount_text,
        cells.amount_yuan,
        cells.half_step_yuan
    from terms
    inner join relations on terms.identity_id = relations.identity_id
    inner join pairs as own_pairs on relations.relation = own_pairs.relation
    inner join cells
        on
            own_pairs.document_id = cells.document_id
            and terms.form = cells.form
            and coalesce(terms.section, '') = cells.section
            and coalesce(terms.line, '') = cells.line
            and terms.measure = cells.measure
    where terms.document = 'own' and (not terms.by_code or cells.row_code <> '')

),

instances as (

    select
        document_id,
        identity_id,
        scope_key,
        any_value(other_file) as other_file,
        coalesce(sum(sign * amount_yuan) filter (where side = 'left'), 0) as left_yuan,
        coalesce(sum(sign * amount_yuan) filter (where side = 'right'), 0) as right_yuan,
        sum(half_step_yuan) as reach,
        count(*) as amount_count,
        2 * max(half_step_yuan) as largest_step,
        2 * min(half_step_yuan) as smallest_step,
        sum(4 * half_step_yuan * half_step_yuan) as step_squares,
        to_json(
            list_sort(
                list(
                    {
                        'side': side,
                        'term_no': term_no,
                        'row_index': 0,
                        'sign': sign,
                        'figure_id': figure_id,
                        'form': form,
                        'row': row_key,
                        'measure': measure,
                        'printed': amount_text
                    }
                )
            )
        ) as terms
    from found
    group by document_id, identity_id, scope_key
    -- Each term once: what is printed several times cannot be told apart across documents.
    having count(*) = any_value(term_count) and count(distinct term_no) = any_value(term_count)

),

unique_cells as (

    select
        document_id,
        form,
        section,
        row_key,
        measure,
        any_value(amount_yuan) as amount_yuan,
        any_value(amount_text) as amount_text
    from {{ ref('int_form_cells__keyed') }}
    where figure_id is not null
    group by document_id, form, section, row_key, measure
    having count(*) = 1

),

revisions as (

    select
        pairs.document_id,
        own_cells.form,
        any_value(pairs.other_file) as other_file,
        count(*) as cell_count,
        count(*) filter (where own_cells.amount_yuan <> other_cells.amount_yuan) as changed_count,
        string_agg(
            own_cells.row_key
            || ' '
            || own_cells.measure
            || ': '
            || own_cells.amount_text
            || ' here, '
            || other_cells.amount_text
            || ' there',
            '; '
            order by own_cells.row_key, own_cells.measure
        ) filter (where own_cells.amount_yuan <> other_cells.amount_yuan) as changes
    from pairs
    inner join unique_cells as own_cells on pairs.document_id = own_cells.document_id
    inner join unique_cells as other_cells
        on
            pairs.other_id = other_cells.document_id
            and own_cells.form = other_cells.form
            and own_cells.section = other_cells.section
            and own_cells.row_key = other_cells.row_key
            and own_cells.measure = other_cells.measure
    where pairs.relation = 'revision'
    group by pairs.document_id, own_cells.form

)

select
    document_id,
    identity_id,
    scope_key,
    left_yuan,
    right_yuan,
    left_yuan - right_yuan as difference_yuan,
    'yuan' as unit,
    terms,
    {{ rounding_tier(
        '(left_yuan - right_yuan)', 'reach', '0', 'amount_count',
        'largest_step', 'smallest_step', 'step_squares'
    ) }} as tier,
    'compared with ' || other_file as reason
from instances
union all
select
    document_id,
    'x_revision' as identity_id,
    form as scope_key,
    null as left_yuan,
    null as right_yuan,
    null as difference_yuan,
    '' as unit,
    null as terms,
    if(changed_count = 0, 'exact', 'violation') as tier,
    if(
        changed_count = 0,
        format('{} figures as in ', cell_count) || other_file,
        format('{} of {} figures differ from ', changed_count, cell_count)
        || other_file
        || ': '
        || left(changes, 500)
    ) as reason
from revisions
