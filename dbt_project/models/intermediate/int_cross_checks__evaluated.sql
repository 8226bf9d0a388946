-- Grain: one row per document, cross-document identity and scope key that both documents print.
-- Of several files of one disclosure the one with most figures is what others are compared with.
-- It speaks for the other parts of its publication.
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
    where form <> '' and measure <> '' and amount_yuan is not null
    group by document_id

),

ranked_editions as (

    select
        documents.document_id,
        documents.file_name,
        documents.department_id,
        documents.department_name,
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

-- A part of the first edition's publication is no edition of its own.
spoken_for as (

    select joined.part_id
    from {{ ref('int_documents__joined') }} as joined
    inner join ranked_editions on joined.document_id = ranked_editions.document_id
    where ranked_editions.edition_rank = 1

),

editions as (

    select ranked_editions.*
    from ranked_editions
    anti join spoken_for on ranked_editions.document_id = spoken_for.part_id

),

speakers as (

    select
        document_id as edition_id,
        document_id as speaker_id,
        0 as part_rank
    from editions
    union all
    select
        document_id as edition_id,
        part_id as speaker_id,
        part_rank
    from {{ ref('int_documents__joined') }}

),

-- Whose statements an edition makes: its own, or those of its publication's prose.
statements as (

    select
        claims.*,
        speakers.edition_id
    from speakers
    inner join {{ ref('int_claims__keyed') }} as claims
        on speakers.speaker_id = claims.document_id
    where
        claims.is_own_year
        and claims.is_money
        and claims.claim_value is not null
        and claims.statement_number = 1
        and not claims.is_part_of_class
    qualify
        speakers.part_rank = min(speakers.part_rank) over (
            partition by speakers.edition_id, claims.form, claims.item, claims.measure
        )

),

other_years as (

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

listed_units as (

    select
        document_id,
        count(distinct unit_name) as listed_count,
        list(distinct unit_name) as unit_names
    from (
        select
            document_id,
            {{ body_name('text') }} as unit_name
        from {{ ref('stg_department_facts') }}
        where fact = 'unit'
    ) as named_units
    group by document_id

),

-- The units of a department: those that it lists, and the body itself, whose own document carries
-- the department's name.
units as (

    select
        own.document_id,
        others.document_id as other_id,
        others.file_name as other_file,
        'units' as relation
    from editions as own
    inner join listed_units on own.document_id = listed_units.document_id
    inner join editions as others
        on
            own.kind = others.kind
            and own.fiscal_year = others.fiscal_year
    where
        own.scope = 'department'
        and others.scope = 'unit'
        and others.edition_rank = 1
        and (
            own.department_id = others.department_id
            or list_contains(
                listed_units.unit_names, {{ body_name('others.department_name') }}
            )
        )

),

pairs as (

    select * from other_years
    union all
    select * from units

),

partners as (

    select
        pairs.document_id,
        pairs.relation,
        count(*) as other_count,
        string_agg(pairs.other_file, ', ' order by pairs.other_file) as other_files,
        any_value(listed_units.listed_count) as listed_count
    from pairs
    left join listed_units
        on pairs.document_id = listed_units.document_id and pairs.relation = 'units'
    group by pairs.document_id, pairs.relation

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
    from {{ ref('int_form_cells__joined') }}
    where figure_id is not null
    union all
    select
        edition_id as document_id,
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
    from statements

),

terms as (

    select
        *,
        count(*) filter (where document <> 'units') over own_terms as single_count,
        count(*) filter (where document = 'units' and required = 'amount') over own_terms
            as unit_term_count
    from {{ ref('cross_document_terms') }}
    window own_terms as (partition by identity_id, scope_key)

),

relations as (

    select distinct
        identity_id,
        document as relation
    from terms
    where document <> 'own'

),

-- Which document each term of an identity is looked up in.
sought as (

    select
        pairs.document_id,
        pairs.relation,
        pairs.other_id as source_id,
        terms.*
    from terms
    inner join pairs on terms.document = pairs.relation
    union all by name
    select
        partners.document_id,
        partners.relation,
        partners.document_id as source_id,
        terms.*
    from terms
    inner join relations on terms.identity_id = relations.identity_id
    inner join partners on relations.relation = partners.relation
    where terms.document = 'own'

),

found as (

    select
        sought.document_id,
        sought.relation,
        sought.identity_id,
        concat_ws(' ', sought.scope_key, if(sought.by_code, cells.row_code, null)) as scope_key,
        sought.term_no,
        sought.single_count,
        sought.unit_term_count,
        sought.document,
        sought.required,
        if(sought.document = 'own', 'left', 'right') as side,
        sought.sign,
        cells.form,
        cells.row_key,
        cells.measure,
        cells.figure_id,
        cells.amount_text,
        cells.amount_yuan,
        cells.half_step_yuan
    from sought
    inner join cells
        on
            sought.source_id = cells.document_id
            and sought.form = cells.form
            and coalesce(sought.section, '') = cells.section
            and coalesce(sought.line, if(sought.by_code, cells.line, '')) = cells.line
            and sought.measure = cells.measure
    where not sought.by_code or cells.row_code <> ''

),

instances as (

    select
        found.document_id,
        found.identity_id,
        found.scope_key,
        any_value(partners.other_files) as other_files,
        any_value(partners.other_count) as other_count,
        any_value(partners.listed_count) as listed_count,
        coalesce(sum(found.sign * found.amount_yuan) filter (where found.side = 'left'), 0)
            as left_yuan,
        coalesce(
            sum(found.sign * found.amount_yuan) filter (
                where found.side = 'right' and found.required = 'amount'
            ),
            0
        ) as right_yuan,
        coalesce(
            sum(found.sign * found.amount_yuan) filter (where found.required = 'either'), 0
        ) as either_yuan,
        sum(found.half_step_yuan) as reach,
        count(*) as amount_count,
        2 * max(found.half_step_yuan) as largest_step,
        2 * min(found.half_step_yuan) as smallest_step,
        sum(4 * found.half_step_yuan * found.half_step_yuan) as step_squares,
        {{ check_terms(
            'found.figure_id', 'found.form', 'found.row_key', 'found.row_key', 'found.measure',
            'found.amount_text', side='found.side', term_no='found.term_no', sign='found.sign'
        ) }} as terms
    from found
    inner join partners
        on found.document_id = partners.document_id and found.relation = partners.relation
    group by found.document_id, found.identity_id, found.scope_key
    -- Each term once: what is printed several times cannot be told apart across documents. Of the
    -- units each must print its own.
    having
        count(*) filter (where found.document <> 'units') = any_value(found.single_count)
        and count(distinct found.term_no) filter (where found.document <> 'units')
        = any_value(found.single_count)
        and count(*) filter (where found.document = 'units' and found.required = 'amount')
        = any_value(found.unit_term_count) * any_value(partners.other_count)

),

-- What units pay each other counts twice in their sum; what they pay others does not, and no
-- document says which it is. The sum is right with all of it or without.
weighed as (

    select
        * replace (
            if(
                abs(left_yuan - right_yuan - either_yuan) < abs(left_yuan - right_yuan),
                right_yuan + either_yuan,
                right_yuan
            ) as right_yuan
        ),
        coalesce(listed_count > other_count, false) as is_partial
    from instances

),

judged as (

    select
        *,
        {{ rounding_tier(
            '(left_yuan - right_yuan)', 'reach', '0', 'amount_count',
            'largest_step', 'smallest_step', 'step_squares'
        ) }} as tier
    from weighed

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
    -- Some of the units may come to less than the department, and to no more.
    if(is_partial and (tier <> 'violation' or left_yuan > right_yuan), 'not_evaluable', tier)
        as tier,
    if(
        is_partial,
        format('{} of {} listed units are here: ', other_count, listed_count) || other_files,
        'compared with ' || other_files
    ) as reason
from judged
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
