-- Grain: one row per document, identity, scope key, form key and term key at which there is
-- something to compare, with how far the sides are apart and how far rounding can move them.
{{ config(materialized='ephemeral') }}
with

identities as (

    select
        identity_id,
        relation,
        family = 'narrative' and not list_contains(string_split(scope, ','), 'claim')
            as is_of_statements
    from {{ ref('identities') }}

),

-- Which terms a set must have, per identity and term key, as bit masks.
expected_terms as (

    select
        identity_id,
        coalesce(scope_key, '') as term_key,
        coalesce(bit_or(term_bit) filter (where side = 'left'), 0) as left_terms,
        coalesce(bit_or(term_bit) filter (where side = 'right'), 0) as right_terms,
        coalesce(bit_or(term_bit) filter (where required in ('amount', 'row', 'form')), 0)
            as required_terms,
        coalesce(bit_or(term_bit) filter (where required = 'amount'), 0) as amount_terms
    from (
        select
            *,
            cast(1 as bigint) << term_no as term_bit
        from {{ ref('identity_terms') }}
        where side in ('left', 'right')
    ) as sided_terms
    group by identity_id, coalesce(scope_key, '')

),

-- Terms that select anything at all in a form, wherever it is.
found_terms as (

    select
        document_id,
        identity_id,
        form_key,
        bit_or(cast(1 as bigint) << term_no) as found_in_form
    from {{ ref('int_identity_terms__resolved') }}
    where term_key = ''
    group by document_id, identity_id, form_key

),

-- Identities that hold only where certain amounts are nil.
conditions_failed as (

    select
        document_id,
        identity_id
    from {{ ref('int_identity_terms__resolved') }}
    where side = 'when_zero' and amount_yuan <> 0

),

-- Where the sides are compared, one of which nothing is printed counts as nothing.
sided as (

    select
        sides.*,
        coalesce(sides.left_yuan, 0) - coalesce(sides.right_yuan, 0) as difference_yuan,
        identities.relation,
        identities.is_of_statements,
        expected_terms.right_terms,
        expected_terms.required_terms & ~sides.found_terms as missing_terms,
        expected_terms.amount_terms & sides.found_terms & ~sides.printed_terms as blank_terms,
        sides.found_terms & expected_terms.left_terms <> 0 as has_left,
        sides.found_terms & expected_terms.right_terms <> 0 as has_right,
        sides.printed_terms & expected_terms.left_terms <> 0 as is_left_printed,
        sides.printed_terms & expected_terms.right_terms <> 0 as is_right_printed
    from {{ ref('int_identity_sides__summed') }} as sides
    inner join identities on sides.identity_id = identities.identity_id
    inner join expected_terms
        on
            sides.identity_id = expected_terms.identity_id
            and sides.term_key = expected_terms.term_key

)

select
    sided.document_id,
    sided.identity_id,
    sided.scope_key,
    sided.form_key,
    sided.term_key,
    sided.found_terms,
    sided.printed_terms,
    sided.left_nonzero,
    sided.right_nonzero,
    sided.left_yuan,
    sided.right_yuan,
    sided.difference_yuan,
    sided.lean,
    sided.own_reach,
    sided.has_trimmed,
    sided.unit,
    sided.largest_step,
    sided.smallest_step,
    sided.step_squares,
    sided.relation,
    sided.is_of_statements,
    sided.missing_terms,
    sided.blank_terms,
    sided.is_left_printed,
    sided.is_right_printed,
    case sided.relation
        when '<=' then greatest(sided.difference_yuan, 0)
        when '>=' then least(sided.difference_yuan, 0)
        else sided.difference_yuan
    end as gap,
    -- A side that prints zeros only is one printed amount: one of its zeros is its total. One that
    -- prints nothing has no step.
    if(sided.left_nonzero = 0, sided.left_half_step, 0) as left_zero_step,
    if(sided.right_nonzero = 0, sided.right_half_step, 0) as right_zero_step,
    sided.nonzero_reach + left_zero_step + right_zero_step as reach,
    if(gap > 0, sided.zeros_subtracting - right_zero_step, sided.zeros_adding - left_zero_step)
        as zero_reach,
    sided.left_nonzero
    + sided.right_nonzero
    + if(sided.left_nonzero = 0 and sided.is_left_printed, 1, 0)
    + if(sided.right_nonzero = 0 and sided.is_right_printed, 1, 0)
        as amount_count
from sided
left join found_terms
    on
        sided.document_id = found_terms.document_id
        and sided.identity_id = found_terms.identity_id
        and sided.form_key = found_terms.form_key
anti join conditions_failed
    on
        sided.document_id = conditions_failed.document_id
        and sided.identity_id = conditions_failed.identity_id
where
    (sided.has_left or sided.missing_terms <> 0)
    and (sided.has_right or sided.right_terms = 0 or sided.missing_terms <> 0)
    and (sided.is_left_printed or sided.is_right_printed)
    -- A scope that lacks what the whole form lacks is reported once for the document,
    -- and a scope that lacks a term and prints nothing says nothing.
    and (
        sided.missing_terms = 0
        or (
            (sided.left_nonzero > 0 or sided.right_nonzero > 0)
            and (
                sided.missing_terms & ~found_terms.found_in_form = 0
                or sided.term_key <> ''
            )
        )
    )
