-- Grain: one row per check that fails, of every document.
-- Checks that bind the very same figures (a code and its only child, say) are listed once.
-- Nothing reads this model, so a test of it that fails stops nothing else from being built.
with

checks as (

    select *
    from {{ ref('int_identity_checks__attributed') }}
    where tier in ('violation', 'copy_mismatch')

),

identities as (

    select * from {{ ref('identities') }}

),

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

forms as (

    select * from {{ ref('stg_forms') }}

),

figures as (

    select
        terms.document_id,
        terms.identity_id,
        terms.scope_key,
        terms.figure_id,
        terms.side,
        terms.term_no,
        terms.row_index,
        terms.amount_text,
        terms.amount_yuan,
        coalesce(nullif(terms.row_code, ''), nullif(terms.row_label, '')) as row_name,
        terms.form,
        terms.measure,
        judged.page,
        judged.cell_path,
        coalesce('page ' || judged.page, judged.cell_path, '') as place
    from {{ ref('int_identity_terms__resolved') }} as terms
    inner join {{ ref('int_figures__judged') }} as judged
        on terms.document_id = judged.document_id and terms.figure_id = judged.figure_id
    semi join checks
        on
            terms.document_id = checks.document_id
            and terms.identity_id = checks.identity_id
            and terms.scope_key = checks.scope_key
    where terms.side <> 'when_zero'

),

places as (

    select
        document_id,
        identity_id,
        scope_key,
        string_agg(place, ', ' order by page, place) as place
    from (
        select distinct
            document_id,
            identity_id,
            scope_key,
            page,
            place
        from figures
        where place <> ''
    ) as distinct_places
    group by document_id, identity_id, scope_key

),

described as (

    select
        document_id,
        identity_id,
        scope_key,
        list(distinct figure_id order by figure_id) as figure_ids,
        string_agg(
            concat_ws(' ', form, row_name, measure) || ': ' || amount_text,
            '; '
            order by term_no, row_index
        ) filter (where side = 'left') as printed_left,
        string_agg(
            concat_ws(' ', form, row_name, measure) || ': ' || amount_text,
            '; '
            order by term_no, row_index
        ) filter (where side = 'right' and amount_yuan <> 0) as printed_right
    from figures
    group by document_id, identity_id, scope_key

)

select
    checks.check_id,
    checks.document_id,
    documents.file_name,
    documents.department_name,
    documents.fiscal_year,
    checks.identity_id,
    checks.scope_key,
    case
        when checks.tier = 'violation' and checks.severity = 'hard' then 'violation' else 'info'
    end as level,
    checks.severity,
    checks.tier,
    checks.attribution,
    identities.formula,
    identities.meaning_en,
    identities.meaning_zh,
    checks.relation,
    checks.left_yuan,
    checks.right_yuan,
    checks.difference_yuan,
    coalesce(places.place, 'page ' || forms.page, forms.cell_path, '') as place,
    coalesce(described.printed_left, '') as printed_left,
    coalesce(described.printed_right, '') as printed_right,
    checks.reason
from checks
inner join identities on checks.identity_id = identities.identity_id
inner join documents on checks.document_id = documents.document_id
left join described
    on
        checks.document_id = described.document_id
        and checks.identity_id = described.identity_id
        and checks.scope_key = described.scope_key
left join places
    on
        checks.document_id = places.document_id
        and checks.identity_id = places.identity_id
        and checks.scope_key = places.scope_key
left join forms
    on checks.document_id = forms.document_id and checks.scope_key = forms.form
qualify row_number() over (
        partition by checks.document_id, coalesce(described.figure_ids, [checks.check_id])
        order by checks.severity asc, checks.identity_id desc
    ) = 1
