-- Grain: one row per document, part of it, and side of its basic expenditure whose economic items
-- the narrative lists by name.
-- Catches: items listed that are nil in the form, and items of the form that the list leaves out.
-- Lets pass: an open list (等, 主要包括), and one with a name that no row carries, which may be any
-- of them.
with

listings as (

    select * from {{ ref('int_economic_items__listed') }}

),

economic_rows as (

    select
        document_id,
        row_code,
        row_label || ' (' || row_code || ')' as full_name,
        figure_id,
        if(row_code[:3] in ('301', '303'), 'personnel_item', 'public_item') as side
    from {{ ref('int_form_cells__joined') }}
    where
        form = 'basic_expenditure'
        and measure = 'amount'
        and length(row_code) = 5
        and amount_yuan <> 0

),

unlisted as (

    select
        listings.document_id,
        listings.part,
        listings.side,
        string_agg(economic_rows.full_name, ', ' order by economic_rows.row_code) as not_listed,
        list(economic_rows.figure_id order by economic_rows.row_code) as figure_ids
    from listings
    inner join economic_rows
        on
            listings.document_id = economic_rows.document_id
            and listings.side = economic_rows.side
    where
        listings.known_count = listings.listed_count
        and not listings.is_open
        and not list_contains(listings.row_codes, economic_rows.row_code)
    group by listings.document_id, listings.part, listings.side

)

select
    listings.document_id,
    'nar_basic_names' as identity_id,
    listings.part || ' ' || listings.side as scope_key,
    case
        when listings.known_count = 0 then 'not_evaluable'
        when listings.listed_for_nothing is null and unlisted.not_listed is null then 'exact'
        else 'violation'
    end as tier,
    concat_ws(
        '; ',
        'listed, but nil in the form: ' || listings.listed_for_nothing,
        'not listed: ' || unlisted.not_listed
    ) as reason,
    coalesce(listings.nothing_ids, listings.claim_ids) as left_ids,
    coalesce(unlisted.figure_ids, cast([] as varchar[])) as right_ids
from listings
left join unlisted
    on
        listings.document_id = unlisted.document_id
        and listings.part = unlisted.part
        and listings.side = unlisted.side
