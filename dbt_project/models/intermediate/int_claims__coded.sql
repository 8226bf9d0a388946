-- Grain: one row per statement of a 类, 款 or 项 whose code is printed or its name leads to.
-- 行政运行 stands under many 款: only the name of the 款 tells which. A name that stands under another
-- 类 than the label, or the statement that it is a part of, says leads to no code.
{{ config(materialized='ephemeral') }}
with

names as (

    select
        code,
        loose_name as name
    from {{ ref('int_function_names__known') }}

),

lei_names as (

    select distinct name
    from names
    where length(code) = 3

),

claims as (

    select * from {{ ref('int_claims__published') }}
    where item_level <> ''

),

spelled as (

    select
        claims.document_id,
        claims.claim_id,
        claims.item_code,
        case claims.item_level when 'class' then 3 when 'subclass' then 5 else 7 end as digits,
        {{ loose_name("coalesce(nullif(claims.lei_name, ''), wholes.lei_name, '')") }} as lei_name,
        {{ loose_name('claims.kuan_name') }} as kuan_name,
        {{ loose_name("case claims.item_level
            when 'class' then claims.lei_name
            when 'subclass' then claims.kuan_name
            else claims.xiang_name
        end") }} as own_name
    from claims
    left join claims as wholes on claims.whole_claim_id = wholes.claim_id

),

named as (

    select
        spelled.*,
        lei_names.name is not null as is_lei_known
    from spelled
    left join lei_names on spelled.lei_name = lei_names.name

),

candidates as (

    select
        named.document_id,
        named.claim_id,
        own.code,
        if(
            named.digits = 5, bool_or(lei.code is not null), bool_or(kuan.code is not null)
        ) as is_in_parent,
        bool_or(lei.code is not null) or not bool_or(named.is_lei_known) as may_be_in_lei,
        count(*) over (partition by named.claim_id) as candidate_count
    from named
    inner join names as own on named.own_name = own.name and named.digits = length(own.code)
    left join names as lei on own.code[:3] = lei.code and named.lei_name = lei.name
    left join names as kuan on own.code[:5] = kuan.code and named.kuan_name = kuan.name
    where named.item_code = '' and named.own_name <> ''
    group by named.document_id, named.claim_id, named.digits, own.code

),

-- The lists are not complete: a name that is found several times may stand elsewhere once more.
known as (

    select *
    from candidates
    where is_in_parent or (candidate_count = 1 and may_be_in_lei)

)

select
    document_id,
    claim_id,
    item_code as functional_code
from named
where item_code <> ''
union all
select
    document_id,
    claim_id,
    min(code) as functional_code
from known
group by document_id, claim_id
having count(*) = 1
