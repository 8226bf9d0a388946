-- Grain: one row per document, part of it, and whole that is said to have stayed the same.
-- Catches: 持平 of a whole all of whose parts are said to have moved, and not by nothing in total.
-- Lets pass: 基本持平, and a whole of which a part is not stated.
with

changes as (

    select
        *,
        topic || '.' || item as thing
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and claim_kind = 'change'
        and statement_number = 1
        and loose_label = ''
        and group_label = ''
        and role in ('actual', 'budget')
        and base in ('prior_final', 'prior_budget', 'prior_execution', 'prior')

),

-- Closed lists: with every part stated, nothing else can have moved.
wholes as (

    select
        lists.thing,
        string_split(lists.parts, ' ') as parts
    from (
        values
        ('three_public.total', 'overseas vehicle reception'),
        ('three_public.total', 'overseas vehicle_purchase vehicle_operation reception'),
        ('three_public.vehicle', 'vehicle_purchase vehicle_operation'),
        ('general_budget.total', 'basic project'),
        ('basic.total', 'personnel public'),
        ('procurement.total', 'goods works services')
    ) as lists (thing, parts)

),

summed as (

    select
        level.document_id,
        level.part,
        level.claim_id,
        level.claim_name,
        level.base,
        level.sentence,
        wholes.parts,
        count(distinct changes.item) as stated_count,
        sum(changes.claim_value) as moved,
        sum(changes.own_half_step) as reach,
        list(changes.claim_id order by changes.claim_index) as part_ids
    from changes as level
    inner join wholes on level.thing = wholes.thing
    inner join changes
        on
            level.document_id = changes.document_id
            and level.part = changes.part
            and level.topic = changes.topic
            and level.role = changes.role
            and level.base = changes.base
            and list_contains(wholes.parts, changes.item)
    where level.direction = 'equal'
    group by all
    having stated_count = len(wholes.parts)

)

select
    document_id,
    'yoy_level_parts' as identity_id,
    concat_ws(' ', part, claim_name, base) as scope_key,
    'yuan' as unit,
    cast(0 as decimal(24, 6)) as left_yuan,
    cast(moved as decimal(24, 6)) as right_yuan,
    case
        when regexp_matches(sentence, '(基本|大致|大体)(持平|一致|相当|相同)') then 'not_evaluable'
        when moved = 0 then 'exact'
        when abs(moved) < reach then 'rounding_likely'
        else 'violation'
    end as tier,
    if(
        regexp_matches(sentence, '(基本|大致|大体)(持平|一致|相当|相同)'),
        'said to be about the same',
        'said to be equal'
    ) as reason,
    [claim_id] as left_ids,
    part_ids as right_ids
from summed
qualify row_number() over (
        partition by document_id, part, claim_name, base
        order by len(parts)
    ) = 1
