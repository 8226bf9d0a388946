-- Grain: one row per document, cross-document identity and scope key that both documents print.
-- Set-based, from the terms of cross_document_terms; x_revision has a model of its own.
with

pairs as (

    select * from {{ ref('int_editions__paired') }}

),

partners as (

    select
        document_id,
        relation,
        count(*) as other_count,
        string_agg(other_file, ', ' order by other_file) as other_files,
        any_value(listed_count) as listed_count
    from pairs
    group by document_id, relation

),

cells as (

    select * from {{ ref('int_edition_cells__gathered') }}

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
        {{ check_terms(side='found.side', term_no='found.term_no', sign='found.sign') }} as terms
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
    identity_id,
    scope_key,
    null as left_yuan,
    null as right_yuan,
    null as difference_yuan,
    '' as unit,
    null as terms,
    tier,
    reason
from {{ ref('x_revision') }}
