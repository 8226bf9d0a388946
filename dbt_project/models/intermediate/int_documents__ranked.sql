-- Grain: one row per document.
-- One disclosure is often published as a Word file and as a PDF. Facts count one of them: the one
-- that is usable, then the one whose file is still there and whose place at its address no other
-- document has taken (a file replaced in place leaves its older edition behind), then the one with
-- more figures that facts can count, then Word before PDF, then the smaller key.
-- What does not say whose it is, or of which year, counts in no fact.
with

documents as (

    select * from {{ ref('int_documents__described') }}

),

figure_counts as (

    select
        document_id,
        count(*) as figure_count,
        count(*) filter (where form <> '' and measure <> '' and amount_yuan is not null)
            as named_count
    from {{ ref('stg_figures') }}
    group by document_id

),

quarantined as (

    select distinct document_id
    from {{ ref('int_identity_checks__attributed') }}
    where severity = 'hard' and attribution in ('fails_unconfirmed', 'misread')

),

grouped as (

    select
        documents.*,
        coalesce(figure_counts.figure_count, 0) as figure_count,
        coalesce(figure_counts.named_count, 0) as named_count,
        documents.department_id is not null and documents.fiscal_year is not null
            as is_identified,
        quarantined.document_id is not null as is_quarantined,
        documents.sha256 in (
            select files.sha256 from {{ ref('stg_files') }} as files
        ) as is_present,
        documents.document_id in (
            select publications.document_id
            from {{ ref('stg_publications') }} as publications
            where publications.superseded_by_document_id <> ''
        ) as is_superseded,
        -- A document that does not say whose it is cannot be told to be another's copy.
        case
            when
                documents.department_id is null
                or documents.fiscal_year is null
                or documents.kind is null
                then documents.document_id
            else
                concat_ws(
                    '|',
                    documents.department_id,
                    documents.fiscal_year,
                    documents.kind,
                    documents.scope
                )
        end as disclosure_key
    from documents
    left join figure_counts on documents.document_id = figure_counts.document_id
    left join quarantined on documents.document_id = quarantined.document_id

)

select
    document_id,
    sha256,
    file_name,
    file_kind,
    page_count,
    department_id,
    department_name,
    region_code,
    fiscal_year,
    kind,
    scope,
    evidence,
    figure_count,
    is_identified,
    is_quarantined,
    first_value(document_id) over preference as preferred_document_id,
    document_id = first_value(document_id) over preference as is_preferred
from grouped
window
    preference as (
        partition by disclosure_key
        order by
            is_quarantined asc,
            is_present desc,
            is_superseded asc,
            named_count desc,
            file_kind asc,
            document_id asc
    )
