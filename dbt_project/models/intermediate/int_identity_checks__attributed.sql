-- Grain: one row per document, identity and scope key, whether or not it could be evaluated.
-- A violation in a Word file is the document's own: its XML is the print. In a PDF it stays
-- unconfirmed until a second reading agrees on every figure involved.
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

identities as (

    select * from {{ ref('identities') }}

),

evaluated as (

    select * from {{ ref('int_identities__evaluated') }}

),

-- Why a scope that prints amounts could not be evaluated.
missing_terms as (

    select
        evaluated.document_id,
        evaluated.identity_id,
        evaluated.scope_key,
        string_agg(
            if(
                (evaluated.found_terms >> terms.term_no) & 1 = 1,
                'no amount is printed for ',
                'no '
            )
            || terms.rows
            || ' in '
            || replace(terms.form, '|', ' or '),
            '; '
            order by terms.term_no
        ) as lacking,
        if(
            any_value(documents.has_forms) or bool_and(contains(terms.form, '.')),
            lacking,
            'the forms are not in this file: ' || lacking
        ) as reason
    from evaluated
    inner join documents on evaluated.document_id = documents.document_id
    inner join {{ ref('identity_terms') }} as terms
        on
            evaluated.identity_id = terms.identity_id
            and evaluated.term_key = coalesce(terms.scope_key, '')
    where
        evaluated.tier = 'not_evaluable'
        and (
            terms.required in ('amount', 'row', 'form')
            and (evaluated.found_terms >> terms.term_no) & 1 = 0
            or terms.required = 'amount'
            and (evaluated.printed_terms >> terms.term_no) & 1 = 0
        )
    group by evaluated.document_id, evaluated.identity_id, evaluated.scope_key

),

all_checks as (

    select
        evaluated.document_id,
        evaluated.identity_id,
        evaluated.scope_key,
        evaluated.left_yuan,
        evaluated.right_yuan,
        evaluated.difference_yuan,
        evaluated.unit,
        evaluated.tier,
        case evaluated.tier
            when 'not_evaluable' then coalesce(missing_terms.reason, evaluated.doubt)
            when 'not_applicable' then 'one side prints nothing, the other no amount but zero'
            else ''
        end as reason
    from evaluated
    left join missing_terms
        on
            evaluated.document_id = missing_terms.document_id
            and evaluated.identity_id = missing_terms.identity_id
            and evaluated.scope_key = missing_terms.scope_key
    union all by name
    select
        document_id,
        identity_id,
        scope_key,
        tier,
        reason
    from {{ ref('int_self_checks__evaluated') }}
    union all by name
    select
        document_id,
        identity_id,
        scope_key,
        left_yuan,
        right_yuan,
        difference_yuan,
        unit,
        tier,
        reason
    from {{ ref('int_table_checks__evaluated') }}
    union all by name
    select
        document_id,
        identity_id,
        scope_key,
        left_yuan,
        right_yuan,
        difference_yuan,
        unit,
        tier,
        reason,
        printed,
        expected,
        sentence,
        page,
        cell_path
    from {{ ref('int_claim_checks__evaluated') }}
    union all by name
    select
        document_id,
        identity_id,
        scope_key,
        left_yuan,
        right_yuan,
        difference_yuan,
        unit,
        tier,
        reason
    from {{ ref('int_cross_checks__evaluated') }}
    union all by name
    select
        document_id,
        identity_id,
        '' as scope_key,
        tier,
        reason
    from {{ ref('int_identities__unevaluated') }}

),

-- The figures that each check binds.
terms as (

    select
        document_id,
        identity_id,
        scope_key,
        form,
        figure_id,
        amount_text
    from {{ ref('int_identity_terms__resolved') }}
    where figure_id is not null and side <> 'when_zero'
    union all
    select
        terms.document_id,
        terms.identity_id,
        judged.scope_key,
        terms.form,
        terms.figure_id,
        terms.amount_text
    from {{ ref('int_table_terms__resolved') }} as terms
    inner join {{ ref('int_table_checks__evaluated') }} as judged
        on
            terms.document_id = judged.document_id
            and terms.identity_id = judged.identity_id
            and terms.table_index = judged.table_index
            and terms.total_row = judged.total_row
            and terms.total_column = judged.total_column
            and terms.way = judged.way
),

missed as (

    select distinct
        document_id,
        form
    from {{ ref('stg_second_readings') }}
    where outcome = 'missed'

),

-- A reading counts as long as the first reading is still the one that it was compared with.
read_again as (

    select
        terms.document_id,
        terms.identity_id,
        terms.scope_key,
        bool_or(coalesce(readings.outcome = 'differs', false) or missed.form is not null)
            as is_misread,
        bool_and(coalesce(readings.outcome = 'agrees', false)) as is_confirmed
    from terms
    semi join all_checks
        on
            terms.document_id = all_checks.document_id
            and terms.identity_id = all_checks.identity_id
            and terms.scope_key = all_checks.scope_key
            and all_checks.tier = 'violation'
    left join {{ ref('stg_second_readings') }} as readings
        on
            terms.document_id = readings.document_id
            and terms.figure_id = readings.figure_id
            and terms.amount_text = readings.first_text
    left join missed on terms.document_id = missed.document_id and terms.form = missed.form
    group by terms.document_id, terms.identity_id, terms.scope_key

)

select
    left(
        md5(
            concat_ws('|', all_checks.document_id, all_checks.identity_id, all_checks.scope_key)
        ),
        16
    ) as check_id,
    all_checks.document_id,
    all_checks.identity_id,
    all_checks.scope_key,
    identities.evidence,
    coalesce(identities.relation, '') as relation,
    identities.severity,
    cast(all_checks.left_yuan as decimal(24, 6)) as left_yuan,
    cast(all_checks.right_yuan as decimal(24, 6)) as right_yuan,
    cast(all_checks.difference_yuan as decimal(24, 6)) as difference_yuan,
    coalesce(all_checks.unit, '') as unit,
    all_checks.tier,
    case
        when all_checks.tier not in {{ tiers_that_fail() }} then ''
        when documents.file_kind <> 'pdf' then 'fails_in_source'
        -- A sentence is read as a whole: no line of it can have slipped into another column. And
        -- prose or another document that differs from a form says nothing about how it was read.
        when identities.evidence <> 'forms' then 'fails_in_source'
        when read_again.is_misread then 'misread'
        when read_again.is_confirmed then 'fails_in_source'
        else 'fails_unconfirmed'
    end as attribution,
    coalesce(all_checks.reason, '') as reason,
    coalesce(all_checks.printed, '') as printed,
    coalesce(all_checks.expected, '') as expected,
    coalesce(all_checks.sentence, '') as sentence,
    all_checks.page,
    all_checks.cell_path
from all_checks
inner join identities on all_checks.identity_id = identities.identity_id
inner join documents on all_checks.document_id = documents.document_id
left join read_again
    on
        all_checks.document_id = read_again.document_id
        and all_checks.identity_id = read_again.identity_id
        and all_checks.scope_key = read_again.scope_key
