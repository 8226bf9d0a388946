-- Grain: one row per document, identity and scope key: names that the prose gives to what the forms
-- print, and words that are certainly wrong by themselves.
with

claims as (

    select * from {{ ref('int_claims__keyed') }}

),

matches as (

    select * from {{ ref('int_claims__matched') }}

),

cells as (

    select * from {{ ref('int_form_cells__joined') }}

),

-- Every name a code is known under is right.
known_names as (

    select
        code,
        {{ loose_name('name_zh') }} as loose_name
    from {{ ref('functional_classification') }}
    union
    select
        code,
        {{ loose_name('name_zh') }} as loose_name
    from {{ ref('functional_name_history') }}

),

-- Names of 类, 款 and 项 ------------------------------------------------------------------------
named_codes as (

    {{ named_classes('matches') }}

),

label_pairs as (

    select
        named_codes.*,
        claims.item_label,
        {{ loose_name('named_codes.prose_name') }} = {{ loose_name('named_codes.form_name') }}
        or known_names.code is not null as is_known
    from named_codes
    inner join claims on named_codes.claim_id = claims.claim_id
    left join known_names
        on
            named_codes.code = known_names.code
            and {{ loose_name('named_codes.prose_name') }} = known_names.loose_name

),

label_mismatch as (

    select
        document_id,
        'label_mismatch' as identity_id,
        part || ' ' || item_label as scope_key,
        if(bool_and(is_known), 'exact', 'violation') as tier,
        coalesce(
            string_agg(
                distinct format('{} is {} in the form ({})', prose_name, form_name, code), '; '
            ) filter (where not is_known),
            ''
        ) as reason,
        [arg_min(claim_id, claim_id)] as left_ids,
        cast([] as varchar[]) as right_ids,
        min(form) as form,
        arg_min(row_index, claim_id) as row_index
    from label_pairs
    group by document_id, part, item_label

),

-- Economic items that are listed by name ---------------------------------------------------------
listed as (

    select
        claims.document_id,
        claims.part,
        claims.item as side,
        claims.claim_id,
        claims.item_label,
        claims.claim_kind,
        claims.sentence,
        matches.row_code,
        cells.amount_yuan
    from claims
    left join matches
        on claims.claim_id = matches.claim_id and matches.form = 'basic_expenditure'
    left join cells
        on
            matches.document_id = cells.document_id
            and matches.form = cells.form
            and matches.row_index = cells.row_index
            and cells.measure = 'amount'
    where
        claims.topic = 'basic'
        and claims.item in ('personnel_item', 'public_item')
        and claims.claim_kind in ('name', 'amount')
        and claims.part = 'narrative'

),

listings as (

    select
        document_id,
        part,
        side,
        count(*) as listed_count,
        count(row_code) as known_count,
        -- 等 says that the list is not whole.
        bool_or(contains(sentence, '等')) as is_open,
        list(row_code) as row_codes,
        string_agg(item_label || ' (' || row_code || ')', ', ' order by row_code) filter (
            where claim_kind = 'name' and row_code is not null and coalesce(amount_yuan, 0) = 0
        ) as listed_for_nothing,
        list(claim_id order by row_code) filter (
            where claim_kind = 'name' and row_code is not null and coalesce(amount_yuan, 0) = 0
        ) as nothing_ids,
        list(claim_id order by claim_id) as claim_ids
    from listed
    group by document_id, part, side

),

economic_rows as (

    select
        document_id,
        row_code,
        row_label,
        figure_id,
        if(row_code[:3] in ('301', '303'), 'personnel_item', 'public_item') as side
    from cells
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
        string_agg(
            economic_rows.row_label || ' (' || economic_rows.row_code || ')', ', '
            order by economic_rows.row_code
        ) as not_listed,
        list(economic_rows.figure_id order by economic_rows.row_code) as figure_ids
    from listings
    inner join economic_rows
        on
            listings.document_id = economic_rows.document_id
            and listings.side = economic_rows.side
    where
        -- A name that no row carries may be any of them.
        listings.known_count = listings.listed_count
        and not listings.is_open
        and not list_contains(listings.row_codes, economic_rows.row_code)
    group by listings.document_id, listings.part, listings.side

),

nar_basic_names as (

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
        coalesce(unlisted.figure_ids, cast([] as varchar[])) as right_ids,
        cast(null as varchar) as form,
        cast(null as integer) as row_index
    from listings
    left join unlisted
        on
            listings.document_id = unlisted.document_id
            and listings.part = unlisted.part
            and listings.side = unlisted.side

),

-- Words wrong by themselves ----------------------------------------------------------------------
filled_sections as (

    select
        document_id,
        part,
        string_agg(distinct array_to_string(section_path, ' '), ' ') as section_paths
    from {{ ref('stg_paragraphs') }}
    where not is_heading
    group by document_id, part

),

-- One row for each paragraph and kind. A section that seems to speak of another fund, in a document
-- that has no section on that fund, has swallowed its heading.
findings as (

    select
        findings.document_id,
        if(findings.kind = 'placeholder', 'placeholder_residue', findings.kind) as identity_id,
        findings.paragraph_index,
        -- What stands below a form is no paragraph of the text; each such note is its own.
        if(findings.paragraph_index < 0, findings.finding_index, null) as note_number,
        string_agg(distinct findings.printed, ', ' order by findings.printed) as printed,
        coalesce(
            string_agg(distinct findings.expected, ', ' order by findings.expected) filter (
                where findings.expected <> ''
            ),
            ''
        ) as expected,
        string_agg(distinct findings.sentence, ' … ' order by findings.sentence) as sentence,
        min(findings.page) as page,
        min(findings.cell_path) as cell_path
    from {{ ref('stg_text_findings') }} as findings
    left join {{ ref('stg_paragraphs') }} as paragraphs
        on
            findings.document_id = paragraphs.document_id
            and findings.paragraph_index = paragraphs.paragraph_index
    left join filled_sections
        on
            findings.document_id = filled_sections.document_id
            and paragraphs.part = filled_sections.part
    where
        findings.kind <> 'wrong_fund'
        or contains(filled_sections.section_paths, findings.printed)
    group by findings.document_id, findings.kind, findings.paragraph_index, note_number

),

read_documents as (

    select distinct document_id
    from {{ ref('stg_paragraphs') }}

),

text_identities as (

    select identity_id
    from {{ ref('identities') }}
    where
        identity_id in (
            'placeholder_residue', 'template_residue', 'wrong_fund', 'unit_missing',
            'name_mismatch', 'wrong_year'
        )

),

text_checks as (

    select
        read_documents.document_id,
        text_identities.identity_id,
        findings.paragraph_index,
        findings.note_number,
        findings.printed,
        findings.expected,
        findings.sentence,
        findings.page,
        findings.cell_path
    from read_documents
    cross join text_identities
    left join findings
        on
            read_documents.document_id = findings.document_id
            and text_identities.identity_id = findings.identity_id

),

-- Values that can be read in several ways or in none ---------------------------------------------
read_values as (

    select
        read_documents.document_id,
        ambiguous.claim_id,
        ambiguous.claim_index,
        ambiguous.value_text || ambiguous.unit as printed,
        ambiguous.reading_note,
        ambiguous.sentence,
        ambiguous.page,
        ambiguous.cell_path
    from read_documents
    left join {{ ref('stg_claims') }} as ambiguous
        on
            read_documents.document_id = ambiguous.document_id
            and ambiguous.reading = 'ambiguous'
    semi join {{ ref('stg_claims') }} as claims
        on read_documents.document_id = claims.document_id

)

select
    label_mismatch.document_id,
    label_mismatch.identity_id,
    label_mismatch.scope_key,
    label_mismatch.tier,
    label_mismatch.reason,
    label_mismatch.left_ids,
    list(cells.figure_id order by cells.measure) filter (
        where cells.measure = 'total' and cells.figure_id is not null
    ) as right_ids,
    cast(null as varchar) as printed,
    cast(null as varchar) as expected,
    cast(null as varchar) as sentence,
    cast(null as integer) as page,
    cast(null as varchar) as cell_path
from label_mismatch
left join cells
    on
        label_mismatch.document_id = cells.document_id
        and label_mismatch.form = cells.form
        and label_mismatch.row_index = cells.row_index
group by all
union all
select
    document_id,
    identity_id,
    scope_key,
    tier,
    reason,
    left_ids,
    right_ids,
    cast(null as varchar) as printed,
    cast(null as varchar) as expected,
    cast(null as varchar) as sentence,
    cast(null as integer) as page,
    cast(null as varchar) as cell_path
from nar_basic_names
union all
select
    document_id,
    identity_id,
    if(
        paragraph_index is null,
        '',
        coalesce('note ' || note_number, 'paragraph ' || paragraph_index)
    ) as scope_key,
    if(paragraph_index is null, 'exact', 'violation') as tier,
    '' as reason,
    cast([] as varchar[]) as left_ids,
    cast([] as varchar[]) as right_ids,
    printed,
    expected,
    sentence,
    page,
    cell_path
from text_checks
union all
select
    document_id,
    'no_single_reading' as identity_id,
    if(claim_id is null, '', 'statement ' || claim_index) as scope_key,
    if(claim_id is null, 'exact', 'ambiguous') as tier,
    coalesce(reading_note, '') as reason,
    cast([] as varchar[]) as left_ids,
    cast([] as varchar[]) as right_ids,
    printed,
    cast(null as varchar) as expected,
    sentence,
    page,
    cell_path
from read_values
