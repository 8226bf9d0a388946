-- Grain: one row per document, identity and scope key at which both sides are printed.
-- Set-based: an identity added to the catalogue is evaluated without a change here.
{#- So many amounts without a name, one below the other, are taken together at most. #}
{% set longest_run = 30 %}
with

resolved as (

    select * from {{ ref('int_identity_terms__resolved') }}

),

identities as (

    select * from {{ ref('identities') }}

),

-- How many terms an instance must have, per identity and term key.
expected_terms as (

    select
        identity_id,
        coalesce(scope_key, '') as term_key,
        count(*) filter (where required in ('amount', 'row', 'form')) as required_count,
        bool_or(side = 'right') as has_right_side
    from {{ ref('identity_terms') }}
    where side in ('left', 'right')
    group by identity_id, term_key

),

-- Identities that hold only where certain amounts are nil.
conditions_failed as (

    select distinct
        document_id,
        identity_id
    from resolved
    where side = 'when_zero' and amount_yuan <> 0

),

-- Sets of terms are bit masks, one bit a term: counting distinct terms is what costs most.
signed as (

    select
        *,
        sign * if(side = 'left', 1, -1) as effective_sign,
        cast(1 as bigint) << term_no as term_bit,
        if(required = 'no', 0, cast(1 as bigint) << term_no) as required_bit
    from resolved
    where side in ('left', 'right')

),

-- Instances that reach over a row of which a printed number could not be used: a blank there may
-- be no blank, and columns that do not add up may lack the one that was refused.
in_doubt as (

    select
        document_id,
        identity_id,
        scope_key,
        form_key,
        term_key,
        arg_min(doubt, (form, row_index)) as doubt
    from (
        select
            signed.document_id,
            signed.identity_id,
            signed.scope_key,
            signed.form_key,
            signed.term_key,
            signed.form,
            signed.row_index,
            any_value(rows_in_doubt.doubt) as doubt
        from signed
        inner join {{ ref('int_form_rows__in_doubt') }} as rows_in_doubt
            on
                signed.source_id = rows_in_doubt.document_id
                and signed.form = rows_in_doubt.form
                and signed.section = rows_in_doubt.section
                and signed.row_index = rows_in_doubt.row_index
                and rows_in_doubt.measure in ('', signed.measure)
        group by all
        having
            count(*) filter (where rows_in_doubt.measure = '') > 1
            or count(signed.figure_id) < count(*)
    ) as rows_reached
    group by all

),

first_codes_in_doubt as (

    select
        document_id,
        form,
        section,
        arg_min(doubt, row_index) as doubt
    from {{ ref('int_form_codes__in_doubt') }}
    group by document_id, form, section

),

-- Instances that find rows of a form by codes, of which one cannot be right: the amount of its row
-- is missing somewhere, or counted twice.
codes_in_doubt as (

    select
        signed.document_id,
        signed.identity_id,
        signed.scope_key,
        signed.form_key,
        signed.term_key,
        min(codes.doubt) as doubt
    from signed
    inner join first_codes_in_doubt as codes
        on
            signed.source_id = codes.document_id
            and signed.form = codes.form
            and signed.section = codes.section
    where signed.is_by_code
    group by
        signed.document_id, signed.identity_id, signed.scope_key, signed.form_key, signed.term_key

),

-- Required terms that select anything at all, per document, identity, form and term key.
found_terms as (

    select
        document_id,
        identity_id,
        form_key,
        term_key,
        bit_count(bit_or(required_bit)) as found_count
    from signed
    group by document_id, identity_id, form_key, term_key

),

instances as (

    select
        document_id,
        identity_id,
        scope_key,
        form_key,
        term_key,
        count(*) filter (where side = 'left') as left_cells,
        count(*) filter (where side = 'right') as right_cells,
        bit_count(bit_or(required_bit)) as found_here_count,
        bit_or(term_bit) as found_terms,
        coalesce(bit_or(term_bit) filter (where figure_id is not null), 0) as printed_terms,
        coalesce(bit_or(term_bit) filter (where required = 'amount'), 0) as amount_terms,
        count(figure_id) filter (where side = 'left') as left_printed,
        count(figure_id) filter (where side = 'right') as right_printed,
        count(*) filter (where amount_yuan <> 0 and side = 'left') as left_nonzero,
        count(*) filter (where amount_yuan <> 0 and side = 'right') as right_nonzero,
        coalesce(sum(sign * amount_yuan) filter (where side = 'left'), 0) as left_yuan,
        coalesce(sum(sign * amount_yuan) filter (where side = 'right'), 0) as right_yuan,
        coalesce(sum(half_step_yuan) filter (where amount_yuan <> 0), 0) as nonzero_reach,
        -- How far the sides stand apart if every number was cut off rather than rounded.
        coalesce(sum(effective_sign * half_step_yuan) filter (where amount_yuan <> 0), 0) as lean,
        -- How far the sides can move apart if no number is more precise than it is printed.
        coalesce(
            sum(own_half_step_yuan)
            filter (where amount_yuan <> 0 or own_half_step_yuan <> half_step_yuan),
            0
        ) as own_reach,
        bool_or(own_half_step_yuan <> half_step_yuan) as has_trimmed,
        min(term_no) as first_term,
        if(bool_and(is_money) is false, 'count', 'yuan') as unit,
        coalesce(sum(half_step_yuan) filter (where amount_yuan = 0 and effective_sign = 1), 0)
            as zeros_adding,
        coalesce(sum(half_step_yuan) filter (where amount_yuan = 0 and effective_sign = -1), 0)
            as zeros_subtracting,
        coalesce(max(half_step_yuan) filter (where side = 'left' and figure_id is not null), 0)
            as left_half_step,
        coalesce(max(half_step_yuan) filter (where side = 'right' and figure_id is not null), 0)
            as right_half_step,
        coalesce(2 * max(half_step_yuan) filter (where figure_id is not null), 0)
            as largest_step,
        coalesce(2 * min(half_step_yuan) filter (where figure_id is not null), 0)
            as smallest_step,
        coalesce(sum(4 * half_step_yuan * half_step_yuan) filter (where amount_yuan <> 0), 0)
            as step_squares,
        -- Sorted after gathering: a sorted aggregate costs twice the whole model.
        to_json(
            list_sort(
                list(
                    {
                        'side': side,
                        'term_no': term_no,
                        'row_index': row_index,
                        'sign': sign,
                        'figure_id': figure_id,
                        'form': form,
                        'row': coalesce(nullif(row_code, ''), row_label),
                        'measure': measure,
                        'printed': amount_text
                    }
                ) filter (where figure_id is not null)
            )
        ) as terms
    from signed
    group by document_id, identity_id, scope_key, form_key, term_key

),

bounded as (

    select
        instances.*,
        identities.relation,
        identities.family = 'narrative'
        and not list_contains(string_split(identities.scope, ','), 'claim') as is_of_statements,
        expected_terms.required_count,
        found_terms.found_count,
        expected_terms.required_count - instances.found_here_count as missing_count,
        -- A side that prints zeros only is one printed amount: one of its zeros is its total.
        instances.nonzero_reach
        + if(instances.left_nonzero = 0 and instances.left_printed > 0, instances.left_half_step, 0)
        + if(
            instances.right_nonzero = 0 and instances.right_printed > 0,
            instances.right_half_step,
            0
        )
            as reach,
        instances.left_nonzero
        + instances.right_nonzero
        + if(instances.left_nonzero = 0 and instances.left_printed > 0, 1, 0)
        + if(instances.right_nonzero = 0 and instances.right_printed > 0, 1, 0)
            as amount_count,
        case identities.relation
            when '<=' then greatest(instances.left_yuan - instances.right_yuan, 0)
            when '>=' then least(instances.left_yuan - instances.right_yuan, 0)
            else instances.left_yuan - instances.right_yuan
        end as gap
    from instances
    inner join identities on instances.identity_id = identities.identity_id
    inner join expected_terms
        on
            instances.identity_id = expected_terms.identity_id
            and instances.term_key = expected_terms.term_key
    inner join found_terms
        on
            instances.document_id = found_terms.document_id
            and instances.identity_id = found_terms.identity_id
            and instances.form_key = found_terms.form_key
            and instances.term_key = found_terms.term_key
    anti join conditions_failed
        on
            instances.document_id = conditions_failed.document_id
            and instances.identity_id = conditions_failed.identity_id
    where
        (
            instances.left_cells > 0
            or instances.found_here_count < expected_terms.required_count
        )
        -- A scope that lacks what the whole form lacks is reported once for the document,
        -- and a scope that lacks a term and prints nothing says nothing.
        and (
            expected_terms.required_count = instances.found_here_count
            or (
                (instances.left_nonzero > 0 or instances.right_nonzero > 0)
                and (
                    found_terms.found_count = expected_terms.required_count
                    or instances.term_key <> ''
                )
            )
        )
        and (
            not expected_terms.has_right_side
            or instances.right_cells > 0
            or instances.found_here_count < expected_terms.required_count
        )
        and (instances.left_printed > 0 or instances.right_printed > 0)

),

widened as (

    select
        *,
        case
            when gap > 0
                then zeros_subtracting
                    - if(right_nonzero = 0 and right_printed > 0, right_half_step, 0)
            else zeros_adding - if(left_nonzero = 0 and left_printed > 0, left_half_step, 0)
        end as zero_reach
    from bounded

),

-- Parts that were cut off only ever fall short of their total, parts that were rounded fall to
-- either side. A residual that several forms repeat is one witness; chance alone would have eight
-- of them agree once in 128 documents, and then hardly any verdict changes.
truncating as (

    select document_id
    from (
        select distinct
            document_id,
            left_yuan,
            right_yuan,
            gap * (right_nonzero - left_nonzero) > 0 as is_short
        from widened
        where
            relation = '='
            and gap <> 0
            and abs(gap) < 2 * reach
            and amount_count > 2
            and left_nonzero <> right_nonzero
    ) as residuals
    group by document_id
    having bool_and(is_short) and count(*) >= 8

),

leaning as (

    select
        widened.*,
        coalesce(in_doubt.doubt, codes_in_doubt.doubt) as doubt,
        truncating.document_id is not null as is_truncating,
        if(
            truncating.document_id is not null and widened.relation = '=' and widened.gap <> 0,
            widened.gap + widened.lean,
            widened.gap
        ) as judged_gap
    from widened
    left join truncating on widened.document_id = truncating.document_id
    left join in_doubt
        on
            widened.document_id = in_doubt.document_id
            and widened.identity_id = in_doubt.identity_id
            and widened.scope_key = in_doubt.scope_key
            and widened.form_key = in_doubt.form_key
            and widened.term_key = in_doubt.term_key
    left join codes_in_doubt
        on
            widened.document_id = codes_in_doubt.document_id
            and widened.identity_id = codes_in_doubt.identity_id
            and widened.scope_key = codes_in_doubt.scope_key
            and widened.form_key = codes_in_doubt.form_key
            and widened.term_key = codes_in_doubt.term_key

),

judged as (

    select
        *,
        case
            when missing_count > 0 then 'not_evaluable'
            when
                left_nonzero = 0
                and right_nonzero = 0
                and (left_printed = 0 or right_printed = 0)
                then 'not_applicable'
            when relation = '<=' and left_printed = 0 then 'not_applicable'
            when relation = '>=' and right_printed = 0 then 'not_applicable'
            when (amount_terms & ~printed_terms) <> 0 then 'not_evaluable'
            else
                {{ rounding_tier(
                    'judged_gap', 'reach', 'zero_reach', 'amount_count',
                    'largest_step', 'smallest_step', 'step_squares'
                ) }}
        end as precise_tier
    from leaning

),

-- What fails where nothing is in doubt yet, with the forms and columns that it adds up.
failing as (

    select
        judged.document_id,
        judged.identity_id,
        judged.scope_key,
        judged.form_key,
        judged.term_key,
        any_value(abs(judged.gap)) as gap,
        any_value(judged.largest_step) as largest_step,
        -- Prose is held against the forms of one other part of its publication, if not its own.
        coalesce(
            max(signed.source_id) filter (where signed.source_id <> judged.document_id),
            judged.document_id
        ) as source_id,
        list(distinct signed.form) as forms,
        list(distinct signed.section) as sections,
        list(distinct signed.measure) as measures,
        list(signed.figure_id) as figure_ids
    from judged
    inner join signed
        on
            judged.document_id = signed.document_id
            and judged.identity_id = signed.identity_id
            and judged.scope_key = signed.scope_key
            and judged.form_key = signed.form_key
            and judged.term_key = signed.term_key
    where judged.precise_tier in ('copy_mismatch', 'violation') and judged.doubt is null
    group by
        judged.document_id, judged.identity_id, judged.scope_key, judged.form_key,
        judged.term_key

),

-- Amounts of those forms that nothing reaches, and sums of those printed one below the other:
-- a row that lost its name, or a list of them.
unplaced as (

    select
        figures.*,
        row_number() over (
            partition by
                figures.document_id, figures.form, figures.section, figures.measure
            order by figures.row_index, figures.column_index
        ) as place
    from {{ ref('int_figures__unplaced') }} as figures
    semi join failing
        on
            figures.document_id = failing.source_id
            and list_contains(failing.forms, figures.form)

),

unplaced_runs as (

    select
        first.document_id,
        first.form,
        first.section,
        first.measure,
        first.place,
        first.row_name,
        first.amount_text,
        run.place as last_place,
        sum(run.amount_yuan) over run_so_far as run_yuan,
        list(run.figure_id) over run_so_far as figure_ids
    from unplaced as first
    inner join unplaced as run
        on
            first.document_id = run.document_id
            and first.form = run.form
            and first.section = run.section
            and first.measure = run.measure
            and run.place between first.place and first.place + {{ longest_run }}
    window
        run_so_far as (
            partition by
                first.document_id, first.form, first.section, first.measure, first.place
            order by run.place
        )

),

-- A sum lacks exactly what nothing reaches.
lacking as (

    select
        failing.document_id,
        failing.identity_id,
        failing.scope_key,
        failing.form_key,
        failing.term_key,
        arg_min(
            'an amount printed in row '
            || runs.row_name
            || ' of '
            || runs.form
            || if(runs.last_place = runs.place, '', ' and below it')
            || ' has no name, and it is what is lacking: '
            || runs.amount_text,
            (runs.last_place - runs.place, runs.form, runs.place)
        ) as doubt
    from failing
    inner join unplaced_runs as runs
        on
            failing.source_id = runs.document_id
            and list_contains(failing.forms, runs.form)
            and list_contains(failing.sections, runs.section)
            and (runs.measure = '' or list_contains(failing.measures, runs.measure))
            and abs(failing.gap - abs(runs.run_yuan)) <= 2 * failing.largest_step
            and not list_has_any(failing.figure_ids, runs.figure_ids)
    group by
        failing.document_id, failing.identity_id, failing.scope_key, failing.form_key,
        failing.term_key

),

tiered as (

    select
        judged.* replace (coalesce(judged.doubt, lacking.doubt) as doubt),
        case
            when
                judged.precise_tier in ('copy_mismatch', 'violation')
                and judged.has_trimmed
                and abs(judged.judged_gap) < judged.own_reach
                then 'coarse_precision'
            when
                judged.precise_tier in ('copy_mismatch', 'violation')
                and (judged.doubt is not null or lacking.doubt is not null)
                then 'not_evaluable'
            when judged.precise_tier = 'exact' and judged.gap <> 0 then 'rounding_likely'
            else judged.precise_tier
        end as tier
    from judged
    left join lacking
        on
            judged.document_id = lacking.document_id
            and judged.identity_id = lacking.identity_id
            and judged.scope_key = lacking.scope_key
            and judged.form_key = lacking.form_key
            and judged.term_key = lacking.term_key

),

-- Identities that speak of the same money only where another identity holds.
grounds as (

    select
        identity_id,
        form as ground_id
    from {{ ref('identity_terms') }}
    where side = 'when_holds'

),

grounds_missing as (

    select
        tiered.document_id,
        grounds.identity_id
    from tiered
    cross join grounds
    group by tiered.document_id, grounds.identity_id
    having
        not coalesce(
            bool_and(tiered.tier not in {{ tiers_that_fail() }})
            filter (
                where tiered.identity_id = grounds.ground_id
                and tiered.tier in {{ tiers_evaluated() }}
            ),
            false
        )

)

select
    tiered.document_id,
    tiered.identity_id,
    tiered.scope_key,
    tiered.term_key,
    tiered.left_yuan,
    tiered.right_yuan,
    tiered.left_yuan - tiered.right_yuan as difference_yuan,
    tiered.unit,
    tiered.terms,
    tiered.found_terms,
    tiered.printed_terms,
    tiered.is_truncating,
    tiered.tier,
    if(tiered.tier = 'not_evaluable' and tiered.missing_count = 0, tiered.doubt, null) as doubt
from tiered
anti join grounds_missing
    on
        tiered.document_id = grounds_missing.document_id
        and tiered.identity_id = grounds_missing.identity_id
-- What the prose does not state is no gap in it; int_identities__unevaluated says so once.
where not (tiered.tier = 'not_evaluable' and tiered.is_of_statements)
-- An identity may hold in one of several ways; its terms list the likeliest first.
qualify row_number() over (
        partition by tiered.document_id, tiered.identity_id, tiered.scope_key
        order by {{ tier_rank('tiered.tier') }}, tiered.first_term
    ) = 1
