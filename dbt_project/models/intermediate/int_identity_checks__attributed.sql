-- Grain: one row per document, identity and scope key, whether or not it could be evaluated.
-- A violation in a Word file is the document's own: its XML is the print. In a PDF it stays
-- unconfirmed until another reading confirms every figure involved. A blank template is not judged.
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

identities as (

    select * from {{ ref('identities') }}

),

all_checks as (

    select * from {{ ref('int_identity_checks__gathered') }}

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
    where figure_id is not null and {{ is_added_up('side') }}
    union all
    select
        terms.document_id,
        terms.identity_id,
        judged.scope_key,
        figures.form,
        terms.figure_id,
        figures.amount_text
    from {{ ref('int_table_terms__resolved') }} as terms
    {{ join_table_checks() }}
    inner join {{ ref('stg_figures') }} as figures
        on terms.document_id = figures.document_id and terms.figure_id = figures.figure_id
    where judged.tier = 'violation'

),

-- What balances brought forward may add to the left side: a budget of this year's money alone
-- stands beside one of all that is there to be spent.
allowed as (

    select
        document_id,
        identity_id,
        term_key,
        max(amount_yuan) as most_yuan
    from {{ ref('int_identity_terms__resolved') }}
    where side = 'may_exceed_by'
    group by document_id, identity_id, term_key

),

judged as (

    select
        all_checks.*,
        identities.evidence,
        identities.relation,
        if(
            all_checks.tier = 'violation'
            -- Both sides are rounded, at most to a hundred yuan.
            and coalesce(
                all_checks.difference_yuan between 0 and allowed.most_yuan + 200, false
            ),
            'soft', identities.severity
        ) as severity
    from all_checks
    inner join identities on all_checks.identity_id = identities.identity_id
    left join allowed
        on
            all_checks.document_id = allowed.document_id
            and all_checks.identity_id = allowed.identity_id
            and allowed.term_key in ('', all_checks.term_key)

),

missed as (

    select distinct
        document_id,
        form
    from {{ ref('stg_second_readings') }}
    where outcome = 'missed'

),

failing as (

    select
        document_id,
        identity_id,
        scope_key
    from all_checks
    where tier = 'violation'

),

-- A reading counts as long as the first reading is still the one that it was compared with.
read_again as (

    select
        terms.document_id,
        terms.identity_id,
        terms.scope_key,
        case
            when
                bool_or(coalesce(readings.outcome = 'differs', false) or missed.form is not null)
                then 'misread'
            when bool_and(coalesce(readings.outcome in ('agrees', 'upheld'), false))
                then 'fails_in_source'
            else 'fails_unconfirmed'
        end as attribution
    from terms
    semi join failing
        on
            terms.document_id = failing.document_id
            and terms.identity_id = failing.identity_id
            and terms.scope_key = failing.scope_key
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
            concat_ws('|', judged.document_id, judged.identity_id, judged.scope_key)
        ),
        16
    ) as check_id,
    judged.document_id,
    judged.identity_id,
    judged.scope_key,
    judged.term_key,
    judged.evidence,
    coalesce(judged.relation, '') as relation,
    judged.severity,
    cast(judged.left_yuan as decimal(24, 6)) as left_yuan,
    cast(judged.right_yuan as decimal(24, 6)) as right_yuan,
    cast(judged.difference_yuan as decimal(24, 6)) as difference_yuan,
    coalesce(judged.unit, '') as unit,
    judged.tier,
    -- A violated identity that may have exceptions is a hint, not a contradiction.
    if(
        judged.tier = 'violation' and judged.severity = 'soft',
        'soft_violation',
        judged.tier
    ) as verdict,
    tiers.is_evaluated,
    tiers.holds as is_held,
    tiers.fails as is_beyond_rounding,
    case
        when not tiers.fails then ''
        when documents.file_kind not in ('pdf', 'ofd', 'image') then 'fails_in_source'
        -- A sentence is read as a whole: no line of it can have slipped into another column. And
        -- prose or another document that differs from a form says nothing about how it was read.
        when judged.evidence <> 'forms' then 'fails_in_source'
        else coalesce(read_again.attribution, 'fails_unconfirmed')
    end as attribution,
    coalesce(judged.reason, '') as reason,
    coalesce(judged.printed, '') as printed,
    coalesce(judged.expected, '') as expected,
    coalesce(judged.sentence, '') as sentence,
    judged.page,
    judged.cell_path
from judged
inner join documents on judged.document_id = documents.document_id
left join {{ ref('tiers') }} as tiers on judged.tier = tiers.tier
left join read_again
    on
        judged.document_id = read_again.document_id
        and judged.identity_id = read_again.identity_id
        and judged.scope_key = read_again.scope_key
where documents.is_template is not true
