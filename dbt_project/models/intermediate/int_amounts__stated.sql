-- Grain: one row per cell of a form that a disclosure does not print and its prose states.
-- In the shape of int_figures__published. Clear statements of the document's own year count, the
-- narrative before the appendix; the seed stated_cells tells which cell a statement stands for.
-- Several names that lead to one code are one cell, and so is a name without a code.
with

cells as (

    select
        topic,
        item,
        kind,
        form_family,
        measure,
        is_beside_form,
        coalesce(form_basis, '') as form_basis,
        coalesce(section, '') as section,
        coalesce(line, '') as line,
        string_split(role, '|') as roles,
        string_split(whole, '|') as wholes
    from {{ ref('stated_cells') }}

),

documents as (

    select * from {{ ref('int_documents__ranked') }}
    where is_preferred and not is_quarantined

),

catalogue as (

    select * from {{ ref('stg_form_catalogue') }}

),

printed_forms as (

    select distinct
        documents.disclosure_id as document_id,
        catalogue.family as form_family,
        catalogue.basis as form_basis
    from {{ ref('stg_forms') }} as forms
    inner join documents on forms.document_id = documents.document_id
    inner join catalogue on forms.form = catalogue.form

),

printed_measures as (

    select distinct
        documents.disclosure_id as document_id,
        catalogue.family as form_family,
        columns.measure
    from {{ ref('stg_form_columns') }} as columns
    inner join documents on columns.document_id = documents.document_id
    inner join catalogue on columns.form = catalogue.form
    union
    select
        document_id,
        form_family,
        measure
    from {{ ref('int_figures__published') }}

),

claims as (

    select
        published.*,
        if(published.topic = 'basic', keyed.item_code, coalesce(coded.functional_code, ''))
            as code,
        keyed.loose_label,
        coalesce(judged.status, 'unchecked') as status,
        wholes.item as whole_item
    from {{ ref('int_claims__published') }} as published
    inner join {{ ref('int_claims__keyed') }} as keyed on published.claim_id = keyed.claim_id
    left join {{ ref('int_claims__coded') }} as coded on published.claim_id = coded.claim_id
    left join {{ ref('int_claims__judged') }} as judged on published.claim_id = judged.claim_id
    left join {{ ref('int_claims__published') }} as wholes
        on published.whole_claim_id = wholes.claim_id and published.topic = wholes.topic
    where
        published.claim_kind = 'amount'
        and keyed.is_own_year
        and not published.is_part_of_class

),

stated as (

    select
        claims.claim_id,
        claims.document_id,
        claims.department_id,
        claims.fiscal_year,
        claims.kind,
        claims.scope,
        cells.form_family,
        cells.form_basis,
        cells.section,
        claims.code,
        case
            when claims.topic <> 'basic'
                then
                    case claims.item_level
                        when 'class' then 'lei' when 'subclass' then 'kuan'
                        when 'item' then 'xiang' else ''
                    end
            when claims.item_label = '' then ''
            when claims.item = 'class' then 'lei'
            else coalesce(nullif({{ code_level('claims.code') }}, ''), 'kuan')
        end as level,
        claims.item_label as row_label,
        claims.loose_label,
        cells.line,
        cells.measure,
        cells.is_beside_form,
        claims.claim_value as amount_yuan,
        claims.unit as printed_unit,
        claims.printed_scale,
        claims.page,
        claims.cell_path,
        claims.status
    from claims
    inner join cells
        on
            claims.topic = cells.topic
            and claims.item = cells.item
            and claims.kind = coalesce(cells.kind, claims.kind)
            and list_contains(
                coalesce(cells.roles, [if(claims.kind = 'budget', 'budget', 'actual')]),
                claims.role
            )
            and (cells.wholes is null or list_contains(cells.wholes, claims.whole_item))
    qualify row_number() over (
            partition by
                claims.document_id, cells.form_family, cells.form_basis, cells.section,
                cells.line, cells.measure, coalesce(nullif(claims.code, ''), claims.loose_label)
            order by
                list_position(cells.roles, claims.role), claims.part = 'appendix',
                claims.claim_index
        ) = 1

),

absent as (

    select stated.*
    from stated
    left join printed_forms
        on
            stated.document_id = printed_forms.document_id
            and stated.form_family = printed_forms.form_family
            and stated.form_basis = printed_forms.form_basis
    left join printed_measures
        on
            stated.document_id = printed_measures.document_id
            and stated.form_family = printed_measures.form_family
            and stated.measure = printed_measures.measure
    where
        printed_forms.document_id is null
        or (stated.is_beside_form and printed_measures.document_id is null)

),

-- Whether anything below a 类 or 款 is stated: what has no code may be below any of them.
lower_levels as (

    select
        document_id,
        form_family,
        form_basis,
        section,
        measure,
        level,
        code
    from absent
    where level in ('kuan', 'xiang')

)

select
    absent.claim_id,
    absent.document_id,
    absent.department_id,
    absent.fiscal_year,
    absent.kind,
    absent.scope,
    absent.form_family,
    if(absent.form_family = 'expenditure', 'functional', '') as form_classification,
    absent.form_basis,
    absent.section,
    absent.code as row_code,
    absent.level,
    absent.level <> '' and not exists (
        select lower_levels.document_id
        from lower_levels
        where
            absent.document_id = lower_levels.document_id
            and absent.form_family = lower_levels.form_family
            and absent.form_basis = lower_levels.form_basis
            and absent.section = lower_levels.section
            and absent.measure = lower_levels.measure
            and (absent.level = 'lei' or (absent.level = 'kuan' and lower_levels.level = 'xiang'))
            and (
                absent.code = ''
                or lower_levels.code = ''
                or starts_with(lower_levels.code, absent.code)
            )
    ) as is_leaf,
    absent.row_label,
    absent.line,
    absent.measure,
    absent.amount_yuan,
    absent.printed_unit,
    absent.printed_scale,
    absent.page,
    absent.cell_path,
    absent.status
from absent
