-- Grain: one row per amount or count that a reason states: 因人员调入增加工资3万元 explains why something is
-- more or less, and compares nothing itself.
-- A narrative and the report bound in may both state it; statement_number 1 counts each once.
select
    claim_id,
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    part,
    section,
    regexp_replace(base, '\.restated$', '') as explained_subject,
    ends_with(base, '.restated') as is_restated,
    direction,
    claim_kind as value_kind,
    if({{ printed_unit_yuan('unit') }} is not null, claim_value, null) as amount_yuan,
    if({{ printed_unit_yuan('unit') }} is null, claim_value, null) as counted,
    item_label as reason_label,
    group_label,
    unit as printed_unit,
    printed_scale,
    year as reason_year,
    comparison_year,
    sentence,
    page,
    cell_path,
    cast(
        row_number() over (
            partition by
                document_id, subject, base, item_label, group_label, claim_kind, claim_value
            order by part = 'appendix', claim_index
        ) as integer
    ) as statement_number
from {{ ref('int_claims__published') }}
where topic = 'reasons' and claim_kind in ('change', 'count', 'amount') and claim_value is not null
