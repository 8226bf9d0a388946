-- Grain: one row per document and part that counts its projects and lists them with their amounts.
-- Catches: 5个项目 of which four, or six, are listed.
-- Lets pass: a count of a kind of projects, and what is listed without an amount.
with

claims as (

    select * from {{ ref('int_claims__keyed') }}
    where is_own_year and topic = 'project' and claim_value is not null and statement_number = 1

),

listed as (

    select
        document_id,
        part,
        count(distinct loose_label) as listed_count,
        list(claim_id order by claim_index) as claim_ids
    from claims
    where
        item = 'total'
        and role = 'actual'
        and (is_money or claim_kind = 'none')
        and loose_label <> ''
    group by document_id, part

)

select
    counted.document_id,
    'app_project_count' as identity_id,
    counted.part as scope_key,
    'count' as unit,
    cast(counted.claim_value as decimal(24, 6)) as left_yuan,
    cast(listed.listed_count as decimal(24, 6)) as right_yuan,
    if(counted.claim_value = listed.listed_count, 'exact', 'violation') as tier,
    '' as reason,
    [counted.claim_id] as left_ids,
    listed.claim_ids as right_ids
from claims as counted
inner join listed
    on counted.document_id = listed.document_id and counted.part = listed.part
where
    counted.item = 'count'
    and counted.role in ('actual', 'held')
    and counted.claim_kind in ('count', 'none')
    and counted.loose_label = ''
