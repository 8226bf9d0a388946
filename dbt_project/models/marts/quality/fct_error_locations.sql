-- Grain: one row per figure of each explanation of what fails in a document.
-- Nothing is corrected: what a figure should read is a suggestion beside the print.
with

locations as (

    select * from {{ ref('stg_error_locations') }}

),

documents as (

    select * from {{ ref('stg_documents') }}

),

-- Figures of forms and statements of the narrative.
printed as (

    select
        figure_id,
        page,
        cell_path,
        printed_unit
    from {{ ref('int_figures__judged') }}
    union all
    select
        claim_id as figure_id,
        page,
        cell_path,
        unit as printed_unit
    from {{ ref('stg_claims') }}

),

named as (

    select
        terms.document_id,
        terms.figure_id,
        min(terms.form) as form,
        min(concat_ws(' ', nullif(terms.row_code, ''), terms.row_label)) as row_name,
        min(terms.measure) as measure,
        min(terms.amount_text) as printed_text
    from {{ ref('int_identity_terms__resolved') }} as terms
    semi join locations
        on
            terms.document_id = locations.document_id
            and terms.figure_id = locations.figure_id
    group by terms.document_id, terms.figure_id

)

select
    locations.document_id,
    documents.file_name,
    locations.fault_number,
    locations.solution_rank,
    locations.solution_number,
    locations.is_located,
    locations.figure_id,
    named.form,
    coalesce(named.row_name, '') as row_name,
    named.measure,
    named.printed_text,
    locations.suggested_text,
    cast(locations.suggested_yuan as decimal(24, 6)) as suggested_yuan,
    printed.printed_unit,
    locations.slip,
    locations.cost,
    locations.cause,
    locations.family_id,
    cast(count(*) over same_quantity as integer) as place_count,
    cast(
        row_number() over (
            same_quantity
            order by
                named.form nulls last, named.row_name, named.measure, locations.figure_id
        ) as integer
    ) as place_number,
    array_to_string(locations.repaired_check_ids, ',') as repaired_check_ids,
    cast(len(locations.repaired_check_ids) as integer) as repaired_count,
    array_to_string(locations.failing_check_ids, ',') as failing_check_ids,
    cast(len(locations.failing_check_ids) as integer) as failing_count,
    printed.page,
    printed.cell_path
from locations
inner join documents on locations.document_id = documents.document_id
left join named
    on
        locations.document_id = named.document_id
        and locations.figure_id = named.figure_id
left join printed on locations.figure_id = printed.figure_id
-- All printings of one quantity, or of a column that slipped all figures.
window
    same_quantity as (
        partition by
            locations.document_id, locations.fault_number, locations.solution_number,
            if(
                locations.cause = 'figures',
                coalesce(nullif(locations.family_id, ''), locations.figure_id),
                ''
            )
    )
