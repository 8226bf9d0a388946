-- Catches: a figure or a statement that the audit names as what is wrong, and that is called proven
-- all the same, because of a sum of a column that slipped as a whole, or of another printing.
-- Lets pass: what is only one of several likely explanations.
with

culprits as (

    select distinct
        document_id,
        figure_id,
        cause,
        printed_text
    from {{ ref('fct_error_locations') }}
    where is_located and solution_rank = 1 and figure_id is not null

),

proven as (

    select figure_id
    from {{ ref('fct_disclosed_figures') }}
    where status = 'proven'
    union all
    select claim_id as figure_id
    from {{ ref('fct_narrative_claims') }}
    where status = 'proven'

)

select culprits.*
from culprits
semi join proven on culprits.figure_id = proven.figure_id
