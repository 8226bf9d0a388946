-- Grain: one row per document, body, kind of staff or posts, and printed label. The body is ''
-- where the text speaks of the department itself.
-- The class `total` is what is printed without a class or as a total; where none is, the sum of
-- the classes that are no part of one another (is_summed). Several numbers without a class are no
-- total.
with

claims as (

    select
        *,
        {{ printed_name('item_label') }} as label
    from {{ ref('int_claims__published') }}
    where topic = 'staffing' and claim_kind = 'count' and item <> '' and role <> 'planned'

),

-- 离休 and 退休 are counted apart, whichever word heads them.
classed as (

    select
        claim_id,
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        group_label as body_name,
        item_label as staff_label,
        claim_value,
        unit,
        claim_index,
        whole_claim_id,
        if(
            item = 'retired' and contains(label, '离休'), 'retired_veterans', item
        ) as staff_kind,
        case
            when regexp_matches(label, '参公|参照') then 'assimilated'
            when regexp_matches(label, '工勤|工人') then 'workers'
            when contains(label, '事业') then 'institutional'
            when regexp_matches(label, '行政|公务员|政法') then 'administrative'
            when
                regexp_replace(
                    label,
                    '离退休|退休|离休|编制|编内|在编|在职|在岗|实有|现有|核定|人员|职工|干部|名额|合计'
                    || '|临聘|临时|聘用|内设|机构|科室|[人数共有总及和、:]',
                    '',
                    'g'
                ) = ''
                then 'total'
            else 'other'
        end as staff_class
    from claims
    qualify row_number() over (
            partition by
                document_id, group_label, staff_kind, staff_class, claim_value,
                if(staff_class = 'total', '', item_label)
            order by part = 'appendix', claim_index
        ) = 1

),

-- Numbers without a class: the one of which others are a part, or the only one.
totals as (

    select *
    from classed
    where staff_class = 'total'
    qualify
        count(*) over (partition by document_id, body_name, staff_kind) = 1
        or (
            claim_id in (select parts.whole_claim_id from classed as parts)
            and row_number() over (
                partition by document_id, body_name, staff_kind
                order by
                    claim_id in (select parts.whole_claim_id from classed as parts) desc,
                    claim_index
            ) = 1
        )

),

-- A document may state a class again, with another number; the first counts.
parts as (

    select *
    from classed
    where staff_class <> 'total'
    qualify row_number() over (
            partition by document_id, body_name, staff_kind, staff_label
            order by claim_index
        ) = 1

),

sums as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        body_name,
        staff_kind,
        sum(claim_value) as claim_value,
        arg_min(claim_id, claim_index) as claim_id,
        arg_min(unit, claim_index) as unit
    from parts
    where
        coalesce(whole_claim_id, '') not in (select wholes.claim_id from parts as wholes)
        and not exists (
            select classed.document_id
            from classed
            where
                classed.document_id = parts.document_id
                and classed.body_name = parts.body_name
                and classed.staff_kind = parts.staff_kind
                and classed.staff_class = 'total'
        )
    group by document_id, body_id, fiscal_year, kind, scope, body_name, staff_kind

),

stated as (

    select
        *,
        false as is_summed
    from totals
    union all by name
    select
        *,
        false as is_summed
    from parts
    union all by name
    select
        *,
        'total' as staff_class,
        '' as staff_label,
        true as is_summed
    from sums

)

select
    claim_id,
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    body_name,
    staff_kind,
    staff_class,
    staff_label,
    cast(claim_value as integer) as staff_count,
    is_summed,
    unit as printed_unit
from stated
