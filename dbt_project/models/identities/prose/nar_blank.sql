-- Grain: one row per document and amount of the prose of which the form that repeats it is printed.
-- Catches: an amount of the prose where the form's own cell is blank, or the whole form is.
-- Lets pass: a blank row in which a number could not be used, and forms that lost a number. A blank
-- cell of a row that other identities take for nothing is theirs to judge.
select
    compared.document_id,
    'nar_blank' as identity_id,
    claims.claim_name || ' #' || claims.claim_index as scope_key,
    'yuan' as unit,
    compared.amount_yuan as left_yuan,
    cast(null as decimal(24, 6)) as right_yuan,
    case
        when compared.is_printed then 'exact'
        when not compared.is_form_empty and not compared.is_cell_blank then 'not_applicable'
        when compared.is_whole then 'violation'
        else 'not_evaluable'
    end as tier,
    case
        when compared.is_printed then ''
        when compared.is_form_empty
            then 'nothing is printed in ' || {{ distinct_words('compared.empty_forms') }}
        when compared.is_cell_blank then 'blank in ' || {{ distinct_words('compared.forms') }}
        else 'no row of its own in ' || {{ distinct_words('compared.forms') }}
    end as reason,
    [compared.claim_id] as left_ids,
    cast([] as varchar[]) as right_ids
from {{ ref('int_copies__looked_up') }} as compared
inner join {{ ref('int_claims__keyed') }} as claims on compared.claim_id = claims.claim_id
