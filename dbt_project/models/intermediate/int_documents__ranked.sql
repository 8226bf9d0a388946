-- Grain: one row per document.
-- One disclosure is often published as a Word file and as a PDF. Facts count one of them: the one
-- that is usable, then the one whose file is still there and whose place at its address no other
-- document has taken (a file replaced in place leaves its older edition behind), then the one with
-- more figures that facts can count (of prose, more statements), then Word before PDF, then the
-- smaller key. Files that are parts of its publication (int_documents__joined) count beside it:
-- each form from one file, and the prose from the one that states most.
-- What does not say whose it is, or of which year, counts in no fact; nor does a blank template.
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

claim_counts as (

    select
        document_id,
        count(*) as claim_count
    from {{ ref('stg_claims') }}
    where reading = 'clear'
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
        coalesce(claim_counts.claim_count, 0) as claim_count,
        documents.body_id is not null and documents.fiscal_year is not null
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
                documents.body_id is null
                or documents.fiscal_year is null
                or documents.kind is null
                then documents.document_id
            else
                concat_ws('|', documents.body_id, documents.fiscal_year, documents.kind)
        end as disclosure_key
    from documents
    left join figure_counts on documents.document_id = figure_counts.document_id
    left join claim_counts on documents.document_id = claim_counts.document_id
    left join quarantined on documents.document_id = quarantined.document_id

),

ranked as (

    select
        *,
        row_number() over preference as preference_rank,
        first_value(document_id) over preference as disclosure_id
    from grouped
    window
        preference as (
            partition by disclosure_key
            order by
                is_quarantined asc,
                is_present desc,
                is_superseded asc,
                named_count desc,
                if(named_count = 0, claim_count, 0) desc,
                {{ pdf_last('file_kind') }} asc,
                document_id asc
        )

),

-- Files that may count beside the first of their disclosure.
beside as (

    select
        ranked.document_id,
        ranked.disclosure_id,
        ranked.preference_rank
    from ranked
    inner join {{ ref('int_documents__joined') }} as joined
        on ranked.disclosure_id = joined.document_id and ranked.document_id = joined.part_id
    where ranked.is_present

),

-- A form counts once: a file of which a better one prints a form already is a copy.
copies as (

    select distinct beside.document_id
    from beside
    inner join beside as better
        on
            beside.disclosure_id = better.disclosure_id
            and beside.preference_rank > better.preference_rank
    inner join {{ ref('stg_forms') }} as own_forms on beside.document_id = own_forms.document_id
    inner join {{ ref('stg_forms') }} as better_forms
        on better.document_id = better_forms.document_id and own_forms.form = better_forms.form
    where own_forms.form <> ''

),

parted as (

    select
        ranked.*,
        ranked.preference_rank = 1
        or (beside.document_id is not null and copies.document_id is null) as is_part
    from ranked
    left join beside on ranked.document_id = beside.document_id
    left join copies on ranked.document_id = copies.document_id

),

told as (

    select
        *,
        first_value(document_id) over (
            partition by disclosure_key
            order by is_part desc, is_quarantined asc, claim_count desc, preference_rank asc
        ) as prose_id
    from parted

)

select
    document_id,
    sha256,
    file_name,
    file_kind,
    page_count,
    body_id,
    department_id,
    department_name,
    region_code,
    fiscal_year,
    kind,
    scope,
    is_template,
    evidence,
    has_forms,
    figure_count,
    is_identified,
    is_quarantined,
    disclosure_id,
    document_id = prose_id and is_template is not true as is_prose_preferred,
    is_template is not true
    and (
        preference_rank = 1 or (is_part and (named_count > 0 or is_prose_preferred))
    ) as is_preferred,
    is_identified and is_preferred and not is_quarantined as is_counted,
    if(is_preferred, document_id, disclosure_id) as preferred_document_id
from told
