-- Grain: one row per edition and cell that it prints, or that the prose of its publication states.
{{ config(materialized='ephemeral') }}
with

editions as (

    select * from {{ ref('int_editions__ranked') }}

),

speakers as (

    select
        document_id as edition_id,
        document_id as speaker_id,
        0 as part_rank
    from editions
    union all
    select
        document_id as edition_id,
        part_id as speaker_id,
        part_rank
    from {{ ref('int_documents__joined') }}

),

-- Whose statements an edition makes: its own, or those of its publication's prose.
statements as (

    select
        claims.*,
        speakers.edition_id
    from speakers
    inner join {{ ref('int_claims__keyed') }} as claims
        on speakers.speaker_id = claims.document_id
    where
        claims.is_own_year
        and claims.is_money
        and claims.claim_value is not null
        and claims.statement_number = 1
        and not claims.is_part_of_class
    qualify
        speakers.part_rank = min(speakers.part_rank) over (
            partition by speakers.edition_id, claims.form, claims.item, claims.measure
        )

)

select
    document_id,
    form,
    section,
    line,
    row_key,
    row_code,
    measure,
    figure_id,
    amount_text,
    amount_yuan,
    half_step_yuan
from {{ ref('int_form_cells__joined') }}
where figure_id is not null
union all
select
    edition_id as document_id,
    form,
    item as section,
    item as line,
    claim_name as row_key,
    item_code as row_code,
    measure,
    claim_id as figure_id,
    printed_text as amount_text,
    claim_value as amount_yuan,
    half_step as half_step_yuan
from statements
