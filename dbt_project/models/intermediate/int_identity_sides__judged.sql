-- Grain: one row per document, identity, scope key, form key and term key at which there is
-- something to compare, with what its printed precision says.
{{ config(materialized='ephemeral') }}
with

compared as (

    select * from {{ ref('int_identity_sides__compared') }}

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
        from compared
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
        compared.*,
        truncating.document_id is not null as is_truncating,
        if(
            truncating.document_id is not null and compared.relation = '=' and compared.gap <> 0,
            compared.gap + compared.lean,
            compared.gap
        ) as judged_gap
    from compared
    left join truncating on compared.document_id = truncating.document_id

)

select
    document_id,
    identity_id,
    scope_key,
    form_key,
    term_key,
    found_terms,
    printed_terms,
    left_yuan,
    right_yuan,
    difference_yuan,
    own_reach,
    has_trimmed,
    unit,
    largest_step,
    is_of_statements,
    missing_terms,
    gap,
    is_truncating,
    judged_gap,
    case
        when missing_terms <> 0 then 'not_evaluable'
        when
            left_nonzero = 0
            and right_nonzero = 0
            and not (is_left_printed and is_right_printed)
            then 'not_applicable'
        when relation = '<=' and not is_left_printed then 'not_applicable'
        when relation = '>=' and not is_right_printed then 'not_applicable'
        when blank_terms <> 0 then 'not_evaluable'
        else
            {{ rounding_tier(
                'judged_gap', 'reach', 'zero_reach', 'amount_count',
                'largest_step', 'smallest_step', 'step_squares'
            ) }}
    end as precise_tier
from leaning
