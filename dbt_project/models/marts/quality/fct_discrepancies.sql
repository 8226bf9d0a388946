-- Grain: one row per check that fails, of every document; those of the narrative with the sentence.
-- Checks that bind the very same figures (a code and its only child, say) are listed once.
-- Nothing reads this model, so a test of it that fails stops nothing else from being built.
with

checks as (

    select *
    from {{ ref('int_identity_checks__attributed') }}
    where tier in {{ tiers_that_fail() }} or tier in ('copy_mismatch', 'coarse_precision')

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

printed as (

    select
        figure_id,
        document_id,
        amount_yuan,
        '' as sentence,
        page,
        cell_path
    from {{ ref('int_figures__judged') }}
    union all
    select
        claim_id as figure_id,
        document_id,
        null as amount_yuan,
        sentence,
        page,
        cell_path
    from {{ ref('stg_claims') }}

),

-- The amounts and statements that each failing check binds.
bound as (

    select
        document_id,
        identity_id,
        scope_key,
        unnest(
            from_json(
                terms,
                '[{"side": "varchar", "term_no": "integer", "row_index": "integer",
                "figure_id": "varchar", "form": "varchar", "row": "varchar",
                "measure": "varchar", "printed": "varchar"}]'
            ),
            recursive := true
        ) as term
    from checks

),

figures as (

    select
        bound.document_id,
        bound.identity_id,
        bound.scope_key,
        bound.figure_id,
        bound.side,
        bound.term_no,
        bound.row_index,
        bound.printed as amount_text,
        printed.amount_yuan,
        nullif(bound.row, '') as row_name,
        bound.form,
        bound.measure,
        printed.sentence,
        printed.page,
        printed.cell_path,
        coalesce('page ' || printed.page, printed.cell_path, '') as place
    from bound
    inner join printed
        on bound.document_id = printed.document_id and bound.figure_id = printed.figure_id

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
        ) filter (where side = 'right' and coalesce(amount_yuan, 1) <> 0) as printed_right,
        string_agg(distinct sentence, ' … ' order by sentence)
        filter (where sentence <> '') as sentence
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
        when checks.tier in {{ tiers_that_fail() }} and checks.severity = 'hard' then 'violation'
        else 'info'
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
    checks.unit,
    coalesce(
        places.place,
        'page ' || coalesce(checks.page, forms.page),
        checks.cell_path,
        forms.cell_path,
        ''
    ) as place,
    coalesce(described.printed_left, '') as printed_left,
    coalesce(described.printed_right, '') as printed_right,
    coalesce(nullif(checks.sentence, ''), described.sentence, '') as sentence,
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
