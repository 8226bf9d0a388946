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
        {{ printed_name('name_zh') }} as printed_name,
        {{ loose_name('name_zh') }} as loose_name
    from {{ ref('economic_classification') }}
    union
    select
        code,
        {{ printed_name('name_zh') }} as printed_name,
        {{ loose_name('name_zh') }} as loose_name
    from {{ ref('economic_name_history') }}

),

-- A name that two codes carry leads to none, but 基本建设 (309, 311) repeats the names of 310 and 312
-- and says so where it is meant. 资本性支出 and 资本性支出(基本建设) are alike only once
-- their brackets are gone, so that the printed name is tried first.
economic_codes as (

    select
        printed_name as name,
        min(code) as code,
        true as is_printed
    from economic_names
    where code[1] = '3' and (length(code) = 3 or code[:3] not in ('309', '311'))
    group by printed_name
    having count(distinct code) = 1
    union all
    select
        loose_name as name,
        min(code) as code,
        false as is_printed
    from economic_names
    where
        code[1] = '3'
        and loose_name <> ''
        and (length(code) = 3 or code[:3] not in ('309', '311'))
    group by loose_name
    having count(distinct code) = 1

),

coded as (

    select
        scaled.* replace (
            coalesce(
                nullif(scaled.item_code, ''), by_printed_name.code, by_loose_name.code, ''
            ) as item_code
        )
    from scaled
    left join economic_codes as by_printed_name
        on
            scaled.topic in ('basic', 'project')
            and by_printed_name.is_printed
            and {{ printed_name('scaled.item_label') }} = by_printed_name.name
    left join economic_codes as by_loose_name
        on
            scaled.topic in ('basic', 'project')
            and not by_loose_name.is_printed
            and scaled.loose_label = by_loose_name.name

)

select
    coded.claim_id,
    coded.document_id,
    coded.claim_index,
    coded.paragraph_index,
    coded.part,
    coded.part || '.' || coded.topic as form,
    coded.subject,
    coded.topic,
    coded.item,
    coded.role,
    case
        when coded.value_kind in ('change', 'growth')
            then concat_ws('_', coded.value_kind, nullif(coded.base, ''))
        when coded.value_kind in ('amount', 'count', 'score', 'none') then coded.role
        else coded.role || '_' || coded.value_kind
    end as measure,
    coded.value_kind as claim_kind,
    coded.stated_value as claim_value,
    coded.value_text || coded.unit as printed_text,
    coded.value_text,
    coded.unit,
    coded.is_money,
    coded.direction,
    coded.base,
    coded.year,
    coded.comparison_year,
    coded.is_own_year,
    coded.item_label,
    coded.loose_label,
    coded.item_code,
    coded.lei_name,
    coded.kuan_name,
    coded.xiang_name,
    coded.item_level,
    {{ parent_code('coded.item_code') }} as parent_code,
    coded.group_label,
    {{ is_part_of_class('coded') }} as is_part_of_class,
    coalesce(nullif(coded.group_label, ''), coded.item_label) as group_key,
    coded.whole_claim_id,
    coded.sentence,
    coded.page,
    coded.cell_path,
    if(
        coded.is_counted or coded.claim_kind = 'none',
        0,
        coded.unit_value * {{ half_of_last_decimal('coded.decimals') }}
    ) as half_step,
    if(
        coded.is_counted or coded.claim_kind = 'none',
        0,
        coded.unit_value * {{ half_of_last_decimal('coded.own_decimals') }}
    ) as own_half_step,
    concat_ws(' ', coded.subject, nullif(coded.item_label, ''), nullif(coded.group_label, ''))
        as claim_name,
    row_number() over statements as statement_number
from coded
window
    statements as (
        partition by
            coded.document_id, coded.part, coded.subject, coded.loose_label,
            coded.group_label, coded.value_kind, coded.base
        order by not coded.is_own_year, coded.claim_index
    )
