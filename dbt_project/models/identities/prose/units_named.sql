-- Grain: one row per document and statement of how many units or offices there are that names them
-- in the same sentence.
-- Catches: 下设3个二级机构，分别是… with two or four names behind it.
-- Lets pass: a list that is open (等), cut off, or of names that may be one or two (和, 及).
with

counted as (

    select
        *,
        regexp_extract(
            regexp_replace({{ printed_name('sentence') }}, '[(][^()]*[)]', '', 'g'),
            '(?:^|[^0-9])' || value_text
            || '(?:个|家|所)[^,。;；:、]{0,12}[,:]?(?:分别(?:为|是|有)?|具体(?:为|包括|有)|包括|即)[:]?'
            || '([^。;；:]+)[。;；]',
            1
        ) as names_text
    from {{ ref('int_claims__keyed') }}
    where
        claim_kind = 'count'
        and is_own_year
        and role = 'held'
        and (topic = 'organisation' and item = 'units' or topic = 'staffing' and item = 'offices')

),

listed as (

    select
        *,
        string_split_regex(names_text, '[、,]') as names
    from counted
    where names_text <> ''

),

-- 特殊病种、特殊人群服务股 is one office: what does not end like a name goes with the next one.
measured as (

    select
        *,
        len(list_filter(names, lambda name: regexp_matches(name, {{ unit_name_ending() }})))
            as least,
        len(names) + len(regexp_extract_all(names_text, '[和与及]')) as most,
        not regexp_matches(names[-1], {{ unit_name_ending() }}) as is_open
    from listed

)

select
    document_id,
    'units_named' as identity_id,
    claim_name || ' #' || claim_index as scope_key,
    'count' as unit,
    claim_value as left_yuan,
    cast(if(claim_value > most, most, least) as decimal(24, 6)) as right_yuan,
    case
        when is_open then 'not_evaluable'
        when claim_value between least and most then 'exact'
        else 'violation'
    end as tier,
    if(is_open, 'the list is open or goes on: ', 'named: ') || names_text as reason,
    [claim_id] as left_ids,
    cast([] as varchar[]) as right_ids
from measured
