-- Catches: a printed number that is staged and missing from the marts, or the reverse, and an
-- amount or a text that changed on the way.
-- Lets pass: what the readers rejected; staging.rejections holds it.
-- From: the promise that the printed text is never altered.
select
    coalesce(staged.document_id, published.document_id) as document_id,
    coalesce(staged.figure_id, published.figure_id) as figure_id,
    staged.amount_text as staged_text,
    published.amount_text as published_text,
    staged.amount_yuan as staged_yuan,
    published.amount_yuan as published_yuan
from {{ ref('stg_figures') }} as staged
full outer join {{ ref('fct_disclosed_figures') }} as published
    on staged.figure_id = published.figure_id
where
    staged.amount_text is distinct from published.amount_text
    or staged.amount_yuan is distinct from published.amount_yuan
