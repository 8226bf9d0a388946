-- Grain: one row per clear statement of a document with a value, every part of the document.
-- A statement stands in a pseudo-form named after its part and topic (narrative.procurement,
-- appendix.project): its item is the section and the line, its role the measure. That is how terms
-- of identities select statements with the words they select cells with.
with

claims as (

    select * from {{ ref('stg_claims') }}
    where reading = 'clear' and subject <> ''

),

documents as (

    select * from {{ ref('int_documents__described') }}

),

-- The sort of number decides which numbers are compared in precision.
measured as (

    select
        claims.*,
        {{ printed_unit_yuan('claims.unit') }} is not null as is_money,
        coalesce({{ printed_unit_yuan('claims.unit') }}, 1) as unit_value,
        -- 持平 states a change of nothing.
        if(claims.claim_kind = 'direction', 'change', claims.claim_kind) as value_kind,
        if(claims.claim_kind in ('direction', 'none'), 0, claims.claim_value) as stated_value,
        claims.year is null
        or claims.topic in ('funds', 'performance')
        or claims.year = documents.fiscal_year
        or documents.fiscal_year is null as is_own_year
    from claims
    inner join documents on claims.document_id = documents.document_id
    where
        claims.claim_value is not null
        or (claims.claim_kind = 'direction' and claims.direction = 'equal')
        or claims.claim_kind in ('none', 'name', 'comparison')

),

-- Publishers trim zeros: 27 beside 7.76 means 27.00. How many decimals a part usually prints tells
-- how precisely its numbers were rounded; a number of more decimals keeps its own.
habits as (

    select
        document_id,
        part,
        unit,
        mode(printed_scale) as decimals
    from measured
    where printed_scale > 0
    group by document_id, part, unit

),

scaled as (

    select
        measured.*,
        coalesce(measured.printed_scale, 0) as own_decimals,
        greatest(coalesce(measured.printed_scale, 0), coalesce(habits.decimals, 0)) as decimals,
        {{ loose_name('measured.item_label') }} as loose_label,
        -- A whole number of things is counted, not rounded.
        not measured.is_money and measured.unit <> '%' and coalesce(measured.printed_scale, 0) = 0
            as is_counted
    from measured
    left join habits
        on
            measured.document_id = habits.document_id
            and measured.part = habits.part
            and measured.unit = habits.unit

),

economic_names as (

    select
        code,
        {{ loose_name('name_zh') }} as loose_name
    from {{ ref('economic_classification') }}
    union
    select
        code,
        {{ loose_name('name_zh') }} as loose_name
    from {{ ref('economic_name_history') }}

),

-- A name that two codes carry (医疗费 and 医疗费补助 do not) leads to none.
economic_codes as (

    select
        loose_name,
        min(code) as code
    from economic_names
    where loose_name <> '' and code[1] = '3'
    group by loose_name
    having count(distinct code) = 1

)

select
    scaled.claim_id,
    scaled.document_id,
    scaled.claim_index,
    scaled.paragraph_index,
    scaled.part,
    scaled.part || '.' || scaled.topic as form,
    scaled.subject,
    scaled.topic,
    scaled.item,
    scaled.role,
    case
        when scaled.value_kind in ('change', 'growth')
            then concat_ws('_', scaled.value_kind, nullif(scaled.base, ''))
        when scaled.value_kind in ('amount', 'count', 'score', 'none') then scaled.role
        else scaled.role || '_' || scaled.value_kind
    end as measure,
    scaled.value_kind as claim_kind,
    scaled.stated_value as claim_value,
    scaled.value_text || scaled.unit as printed_text,
    scaled.value_text,
    scaled.unit,
    scaled.is_money,
    scaled.direction,
    scaled.base,
    scaled.year,
    scaled.comparison_year,
    scaled.is_own_year,
    scaled.item_label,
    scaled.loose_label,
    coalesce(nullif(scaled.item_code, ''), economic_codes.code, '') as item_code,
    coalesce(
        {{ parent_code("coalesce(nullif(scaled.item_code, ''), economic_codes.code)") }}, ''
    ) as parent_code,
    scaled.group_label,
    coalesce(nullif(scaled.group_label, ''), scaled.item_label) as group_key,
    scaled.whole_claim_id,
    scaled.sentence,
    scaled.page,
    scaled.cell_path,
    if(
        scaled.is_counted or scaled.claim_kind = 'none',
        0,
        scaled.unit_value * {{ half_of_last_decimal('scaled.decimals') }}
    ) as half_step,
    if(
        scaled.is_counted or scaled.claim_kind = 'none',
        0,
        scaled.unit_value * {{ half_of_last_decimal('scaled.own_decimals') }}
    ) as own_half_step,
    concat_ws(' ', scaled.subject, nullif(scaled.item_label, ''), nullif(scaled.group_label, ''))
        as claim_name,
    row_number() over statements as statement_number
from scaled
left join economic_codes
    on
        scaled.topic in ('basic', 'project')
        and scaled.loose_label = economic_codes.loose_name
window
    statements as (
        partition by
            scaled.document_id, scaled.part, scaled.subject, scaled.loose_label,
            scaled.group_label, scaled.value_kind, scaled.base
        order by not scaled.is_own_year, scaled.claim_index
    )
