-- Grain: one row per cell of a form that a disclosure does not print and its prose states.
-- In the shape of int_figures__published. Clear statements of the document's own year count, the
-- narrative before the appendix; the seed stated_cells tells which cell a statement stands for.
-- Several names that lead to one code are one cell, and so is a name without a code.
with

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
        claims.body_id,
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
        claims.claim_value as amount_yuan,
        claims.unit as printed_unit,
        claims.printed_scale,
        claims.page,
        claims.cell_path,
        claims.status
    from claims
    inner join {{ ref('int_cells__absent') }} as cells
        on
            claims.document_id = cells.document_id
            and claims.topic = cells.topic
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
    from stated
    where level in ('kuan', 'xiang')

)

select
    stated.claim_id,
    stated.document_id,
    stated.body_id,
    stated.fiscal_year,
    stated.kind,
    stated.scope,
    stated.form_family,
    if(stated.form_family = 'expenditure', 'functional', '') as form_classification,
    stated.form_basis,
    stated.section,
    stated.code as row_code,
    stated.level,
    stated.level <> '' and not exists (
        select lower_levels.document_id
        from lower_levels
        where
            stated.document_id = lower_levels.document_id
            and stated.form_family = lower_levels.form_family
            and stated.form_basis = lower_levels.form_basis
            and stated.section = lower_levels.section
            and stated.measure = lower_levels.measure
            and (stated.level = 'lei' or (stated.level = 'kuan' and lower_levels.level = 'xiang'))
            and (
                stated.code = ''
                or lower_levels.code = ''
                or starts_with(lower_levels.code, stated.code)
            )
    ) as is_leaf,
    stated.row_label,
    stated.line,
    stated.measure,
    stated.amount_yuan,
    stated.printed_unit,
    stated.printed_scale,
    stated.page,
    stated.cell_path,
    stated.status
from stated
