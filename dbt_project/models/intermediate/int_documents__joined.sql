-- Grain: one row per document and other document that is another part of the same publication.
-- Prose and tables are published as two files, or forms one by one. Parts are of one body, year
-- and kind, stand on one page (fetched from it, or in one folder) and print no form twice:
-- where a form stands in both, they are copies.
with

documents as (

    select
        described.document_id,
        described.sha256,
        described.file_name,
        described.file_kind,
        described.body_id,
        described.fiscal_year,
        described.kind
    from {{ ref('int_documents__described') }} as described

),

-- The pages of what was fetched: an attachment's page may be read as a document of its own.
pages as (

    select
        document_id,
        unnest([url, referrer]) as place
    from {{ ref('stg_publications') }}
    where superseded_by_document_id = ''

),

folders as (

    select
        documents.document_id,
        'folder ' || regexp_extract(files.file_path, '^(?:(.*)/)?[^/]*$', 1) as place
    from documents
    inner join {{ ref('stg_files') }} as files on documents.sha256 = files.sha256
    anti join {{ ref('stg_publications') }} as publications
        on documents.document_id = publications.document_id

),

places as (

    select * from pages
    where place <> ''
    union
    select * from folders

),

printed as (

    select
        document_id,
        list(distinct form order by form) as forms
    from {{ ref('stg_forms') }}
    where form <> ''
    group by document_id

),

figure_counts as (

    select
        document_id,
        count(*) as named_count
    from {{ ref('stg_figures') }}
    where form <> '' and measure <> '' and amount_yuan is not null
    group by document_id

),

neighbours as (

    select distinct
        own_places.document_id,
        other_places.document_id as part_id
    from documents as own
    inner join documents as others
        on
            own.body_id = others.body_id
            and own.fiscal_year = others.fiscal_year
            and own.kind = others.kind
            and own.document_id <> others.document_id
    inner join places as own_places on own.document_id = own_places.document_id
    inner join places as other_places
        on
            others.document_id = other_places.document_id
            and own_places.place = other_places.place

)

select
    neighbours.document_id,
    neighbours.part_id,
    parts.file_name as part_file,
    coalesce(other_printed.forms, []) as part_forms,
    -- Of copies of a part the one with more figures, then the PDF last, is looked at.
    row_number() over (
        partition by neighbours.document_id
        order by
            coalesce(figure_counts.named_count, 0) desc,
            {{ pdf_last('parts.file_kind') }} asc,
            parts.document_id asc
    ) as part_rank
from neighbours
inner join documents as parts on neighbours.part_id = parts.document_id
left join printed as own_printed on neighbours.document_id = own_printed.document_id
left join printed as other_printed on neighbours.part_id = other_printed.document_id
left join figure_counts on neighbours.part_id = figure_counts.document_id
where not list_has_any(coalesce(own_printed.forms, []), coalesce(other_printed.forms, []))
