-- Catches: a number that was set aside as no value without one of the reasons that docs/claims.md
-- lists.
-- Lets pass: a number set aside for a wrong one of them.
-- From: no number of the prose is dropped without a row that says why.
select
    document_id,
    furniture_kind,
    count(*) as number_count
from {{ ref('stg_prose_furniture') }}
where
    furniture_kind not in (
        'date', 'ordinal', 'document_number', 'name', 'rule', 'measure', 'address', 'page'
    )
group by document_id, furniture_kind
