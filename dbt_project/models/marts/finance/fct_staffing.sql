-- Grain: one row per document, body and kind of staff or posts. The body is '' where the text
-- speaks of the department itself.
select
    claim_id,
    document_id,
    department_id,
    fiscal_year,
    kind,
    scope,
    group_label as body_name,
    item as staff_kind,
    cast(claim_value as integer) as staff_count,
    unit as printed_unit
from {{ ref('int_claims__published') }}
where topic = 'staffing' and claim_kind = 'count' and item <> '' and statement_number = 1
qualify row_number() over (
        partition by document_id, group_label, item
        order by role <> 'held', claim_index
    ) = 1
