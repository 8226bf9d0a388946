-- Grain: one row per printed number in a table, whether or not the table has a name.
-- Hard identities judge; the sums that a table shows by its shape prove where they hold and dispute
-- nothing. An inequality disputes but does not prove: it would hold for many wrong numbers too. A
-- copy mismatch does neither, nor does the prose: the forms are the accounts. What was not read for
-- certain is not judged at all, and nothing is proven of a row whose label was not. Where something
-- fails that one printing of a quantity stands in, its other printings prove nothing either, unless
-- a sum does that is no copy. A culprit is not proven, whatever holds of it, and what failed only
-- beside one is not disputed.
with

figures as (

    select * from {{ ref('stg_figures') }}

),

cells as (

    select * from {{ ref('int_form_cells__keyed') }}

),

rounded as (

    select * from {{ ref('int_figures__rounded') }}

),

terms as (

    select distinct
        document_id,
        identity_id,
        scope_key,
        figure_id,
        false as is_percent
    from {{ ref('int_identity_terms__resolved') }}
    where {{ is_added_up('side') }}
    union all
    -- Of a per cent and the amounts that yield it, sums judge these.
    select
        document_id,
        identity_id,
        scope_key,
        left_ids[1] as figure_id,
        true as is_percent
    from {{ ref('b_growth') }}

),

checks as (

    select * from {{ ref('int_identity_checks__attributed') }}

),

verdicts as (

    select
        terms.document_id,
        terms.figure_id,
        bool_or(checks.tier = 'violation' and cleared.figure_id is null) as is_disputed,
        bool_or((checks.relation = '=' or terms.is_percent) and checks.is_held) as is_proven,
        count(*) filter (where checks.is_evaluated) as check_count
    from terms
    inner join checks
        on
            terms.document_id = checks.document_id
            and terms.identity_id = checks.identity_id
            and terms.scope_key = checks.scope_key
    left join {{ ref('int_contradictions__explained') }} as cleared
        on
            terms.document_id = cleared.document_id
            and terms.identity_id = cleared.identity_id
            and terms.scope_key = cleared.scope_key
            and terms.figure_id = cleared.figure_id
    where checks.severity = 'hard' and checks.evidence <> 'narrative'
    group by terms.document_id, terms.figure_id

),

sums as (

    select
        terms.document_id,
        terms.figure_id,
        count(*) as check_count,
        -- What hardly holds may reach over a wrong amount.
        count(*) filter (where judged.tier in ('exact', 'rounding_likely')) as close_count
    from {{ ref('int_table_terms__resolved') }} as terms
    {{ join_table_checks() }}
    where judged.is_proof
    group by terms.document_id, terms.figure_id

),

copied as (

    select
        document_id,
        figure_id
    from {{ ref('int_printings__equal') }}
    where is_contradicted and not is_bound

),

-- Where an error is located, the figure is its culprit; where it is not, each figure of an
-- explanation that costs as little as the best is a candidate. It may be printed in another part of
-- the publication than what fails.
suspects as (

    select
        figure_id,
        bool_or(is_located) as is_located
    from {{ ref('stg_error_locations') }}
    where solution_rank = 1
    group by figure_id

)

select
    figures.figure_id,
    figures.document_id,
    figures.table_index,
    figures.form,
    figures.section,
    figures.block,
    figures.row_index,
    figures.column_index,
    figures.title,
    figures.header_path,
    figures.row_path,
    figures.row_code,
    cells.parent_code,
    cells.class_code,
    {{ code_level('figures.row_code') }} as level,
    coalesce(cells.is_leaf, false) as is_leaf,
    figures.row_label,
    figures.line,
    figures.measure,
    figures.resolved_by,
    figures.amount_text,
    figures.amount_yuan,
    figures.printed_unit,
    figures.printed_scale,
    figures.reading_text,
    figures.is_doubtful,
    figures.is_repaired,
    rounded.half_step_yuan,
    figures.page,
    figures.bbox_x0,
    figures.bbox_top,
    figures.bbox_x1,
    figures.bbox_bottom,
    figures.cell_path,
    coalesce(verdicts.check_count, 0) + coalesce(sums.check_count, 0) as check_count,
    case
        when figures.is_doubtful then 'unchecked'
        when verdicts.is_disputed then 'disputed'
        when form_rows.is_label_doubtful or suspects.is_located then 'unchecked'
        when sums.close_count > 0 then 'proven'
        when copied.figure_id is not null then 'unchecked'
        when verdicts.is_proven or sums.figure_id is not null then 'proven'
        else 'unchecked'
    end as status,
    if(status = 'proven', coalesce(proofs.proof, 0), null) as proof,
    case
        when suspects.is_located then 'culprit'
        when suspects.figure_id is not null then 'candidate'
        else ''
    end as suspicion
from figures
left join rounded
    on figures.document_id = rounded.document_id and figures.figure_id = rounded.figure_id
left join cells
    on figures.document_id = cells.document_id and figures.figure_id = cells.figure_id
left join verdicts
    on figures.document_id = verdicts.document_id and figures.figure_id = verdicts.figure_id
left join sums
    on figures.document_id = sums.document_id and figures.figure_id = sums.figure_id
left join copied
    on figures.document_id = copied.document_id and figures.figure_id = copied.figure_id
left join {{ ref('int_figure_proofs__counted') }} as proofs
    on figures.document_id = proofs.document_id and figures.figure_id = proofs.figure_id
left join suspects on figures.figure_id = suspects.figure_id
left join {{ ref('stg_form_rows') }} as form_rows
    on
        figures.document_id = form_rows.document_id
        and figures.table_index = form_rows.table_index
        and figures.row_index = form_rows.row_index
