-- Grain: one row per document that can be compared with others of its department: of several files
-- of one disclosure the one with most figures comes first, and speaks for the other parts of its
-- publication.
{{ config(materialized='ephemeral') }}
with

documents as (

    select * from {{ ref('int_documents__described') }}
    where
        body_id is not null
        and fiscal_year is not null
        and kind is not null
        and sha256 in (select files.sha256 from {{ ref('stg_files') }} as files)

),

figure_counts as (

    select
        document_id,
        count(*) as figure_count
    from {{ ref('stg_figures') }}
    where form <> '' and measure <> '' and amount_yuan is not null
    group by document_id

),

ranked_editions as (

    select
        documents.document_id,
        documents.file_name,
        documents.body_id,
        documents.department_id,
        documents.department_name,
        documents.fiscal_year,
        documents.kind,
        documents.scope,
        row_number() over (
            partition by documents.body_id, documents.fiscal_year, documents.kind
            order by
                figure_counts.figure_count desc,
                {{ pdf_last('documents.file_kind') }} asc,
                documents.document_id asc
        ) as edition_rank
    from documents
    inner join figure_counts on documents.document_id = figure_counts.document_id

),

-- A part of the first edition's publication is no edition of its own.
spoken_for as (

    select joined.part_id
    from {{ ref('int_documents__joined') }} as joined
    inner join ranked_editions on joined.document_id = ranked_editions.document_id
    where ranked_editions.edition_rank = 1

)

select ranked_editions.*
from ranked_editions
anti join spoken_for on ranked_editions.document_id = spoken_for.part_id
