-- Grain: one row per document and cell that its identities may bind: of the forms that it or
-- another part of its publication prints, source_id saying which, and of its own prose, whose
-- statements are cells of pseudo-forms named after their part and topic.
{{ config(materialized='ephemeral') }}
with

documents as (

    select
        document_id,
        identity_kind
    from {{ ref('int_documents__described') }}

),

-- Rows are found by code, line or place; these few labels are looked up as printed.
labels as (

    select distinct unnest(selected) as label
    from {{ ref('int_identity_terms__parsed') }}
    where selector = 'label'

),

cells as (

    select
        document_id,
        source_id,
        form,
        section,
        row_index,
        row_code,
        parent_code,
        row_key,
        '' as group_key,
        row_label,
        line,
        is_leaf,
        sibling_count = 1 as is_only_child,
        measure,
        figure_id,
        amount_text,
        amount_yuan,
        half_step_yuan,
        half_step_yuan as own_half_step_yuan,
        true as is_money,
        true as is_first_statement
    from {{ ref('int_form_cells__joined') }}
    union all
    select
        document_id,
        document_id as source_id,
        form,
        item as section,
        claim_index as row_index,
        item_code as row_code,
        parent_code,
        if(statement_number = 1, claim_name, claim_name || ' #' || statement_number) as row_key,
        group_key,
        coalesce(nullif(item_label, ''), item) as row_label,
        item as line,
        false as is_leaf,
        false as is_only_child,
        measure,
        claim_id as figure_id,
        printed_text as amount_text,
        claim_value as amount_yuan,
        half_step as half_step_yuan,
        own_half_step as own_half_step_yuan,
        is_money,
        statement_number = 1 as is_first_statement
    from {{ ref('int_claims__keyed') }}
    where is_own_year and claim_value is not null and not is_part_of_class

)

select
    cells.*,
    documents.identity_kind,
    coalesce(labels.label, '') as known_label
from cells
inner join documents on cells.document_id = documents.document_id
left join labels on cells.row_label = labels.label
