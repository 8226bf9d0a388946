-- Grain: one row per clear statement of a document with a value, every part of the document.
-- A statement stands in a pseudo-form named after its part and topic (narrative.procurement,
-- appendix.project): its item is the section and the line, its role the measure. That is how terms
-- of identities select statements with the words they select cells with.
with

claims as (

    select * from {{ ref('stg_claims') }}
    where
        reading = 'clear'
        and topic <> ''
        and (
            claim_value is not null
            or (claim_kind = 'direction' and direction = 'equal')
            or claim_kind in ('none', 'name', 'comparison')
        )

),

documents as (

    select
        document_id,
        fiscal_year
    from {{ ref('int_documents__described') }}

),

-- The sort of number decides which numbers are compared in precision.
measured as (

    select
        claims.*,
        {{ printed_unit_yuan('claims.unit') }} is not null as is_money,
        coalesce({{ printed_unit_yuan('claims.unit') }}, 1) as unit_value,
        {{ claim_value_kind('claims') }} as value_kind,
        if(claims.claim_kind in ('direction', 'none'), 0, claims.claim_value) as stated_value,
        claims.year is null
        or claims.topic in ('funds', 'performance')
        or claims.year = documents.fiscal_year
        or documents.fiscal_year is null as is_own_year
    from claims
    inner join documents on claims.document_id = documents.document_id

),

-- Publishers trim zeros: 27 beside 7.76 means 27.00. How many decimals a part usually prints tells
-- how precisely its numbers were rounded; a number of more decimals keeps its own.
habits as (

    select
        document_id,
        part,
        unit,
        mode(printed_scale) as decimals
    from claims
    where printed_scale > 0
    group by document_id, part, unit

),

-- Where no completion of several is printed with decimals, none was rounded to any: 99.96 % is
-- 100 % there, however precisely shares and growth are told.
whole_completions as (

    select
        document_id,
        part
    from claims
    where claim_kind = 'completion'
    group by document_id, part
    having count(*) > 1 and max(printed_scale) = 0

),

-- The same labels come again and again: each is shortened and looked up once.
labels as (

    select
        item_label,
        {{ printed_name('item_label') }} as printed_name,
        {{ loose_name('item_label') }} as loose_label
    from (select distinct claims.item_label from claims) as printed

),

coded_labels as (

    select
        labels.item_label,
        labels.loose_label,
        coalesce(by_printed_name.code, by_loose_name.code, '') as economic_code
    from labels
    left join {{ ref('int_economic_names__coded') }} as by_printed_name
        on labels.printed_name = by_printed_name.name and by_printed_name.is_printed
    left join {{ ref('int_economic_names__coded') }} as by_loose_name
        on labels.loose_label = by_loose_name.name and not by_loose_name.is_printed

),

coded as (

    select
        measured.* replace (
            coalesce(
                nullif(measured.item_code, ''),
                if(measured.topic in ('basic', 'project'), coded_labels.economic_code, '')
            ) as item_code
        ),
        coded_labels.loose_label,
        coalesce(measured.printed_scale, 0) as own_decimals,
        greatest(coalesce(measured.printed_scale, 0), coalesce(habits.decimals, 0)) as decimals,
        -- A whole number of things is counted, not rounded.
        (
            not measured.is_money
            and measured.unit <> '%'
            and coalesce(measured.printed_scale, 0) = 0
        )
        or measured.claim_kind = 'none' as is_exact
    from measured
    inner join coded_labels on measured.item_label = coded_labels.item_label
    left join whole_completions
        on
            measured.document_id = whole_completions.document_id
            and measured.part = whole_completions.part
            and measured.claim_kind = 'completion'
    left join habits
        on
            measured.document_id = habits.document_id
            and measured.part = habits.part
            and measured.unit = habits.unit
            and whole_completions.document_id is null

),

-- Apart from the rest, so that no sentence is sorted.
numbered as (

    select
        claim_id,
        row_number() over statements as statement_number
    from coded
    window
        statements as (
            partition by
                document_id, part, subject, loose_label, group_label, value_kind, base
            order by not is_own_year, claim_index
        )

)

select
    coded.claim_id,
    coded.document_id,
    coded.claim_index,
    coded.paragraph_index,
    coded.part,
    {{ claim_form('coded') }} as form,
    coded.topic,
    coded.item,
    coded.role,
    {{ claim_measure('coded') }} as measure,
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
    if(coded.is_exact, 0, coded.unit_value * {{ half_of_last_decimal('coded.decimals') }})
        as half_step,
    if(coded.is_exact, 0, coded.unit_value * {{ half_of_last_decimal('coded.own_decimals') }})
        as own_half_step,
    concat_ws(' ', coded.subject, nullif(coded.item_label, ''), nullif(coded.group_label, ''))
        as claim_name,
    numbered.statement_number
from coded
inner join numbered on coded.claim_id = numbered.claim_id
