-- Grain: one row per document, part of it, and expense whose things are counted and cost something.
-- Catches: a cost a head that no real one has: wrong units and digits.
-- Lets pass: what rounding may bring within the bounds of the seed counted_expenses.
select
    document_id,
    'nar_percap_sane' as identity_id,
    scope_key,
    'yuan' as unit,
    cast(round(spent_yuan / counted_number, 2) as decimal(24, 6)) as left_yuan,
    cast(if(spent_yuan < least_yuan * counted_number, least_yuan, most_yuan) as decimal(24, 6))
        as right_yuan,
    case
        when spent_yuan between least_yuan * counted_number and most_yuan * counted_number
            then 'exact'
        when
            spent_yuan + spent_half >= least_yuan * counted_number
            and spent_yuan - spent_half <= most_yuan * counted_number
            then 'rounding_possible'
        else 'violation'
    end as tier,
    format('between {} and {} yuan each are usual', least_yuan, most_yuan) as reason,
    [spent_id] as left_ids,
    [counted_id] as right_ids
from {{ ref('int_counts__paired') }}
where most_yuan is not null and counted_number > 0 and spent_yuan > 0
