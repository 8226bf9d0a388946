-- Grain: one row per document, identity, total, way of adding it up and figure.
-- Sums that a table shows by its shape, whatever it is called: codes that stand under a code, rows
-- that a row called 合计 closes, columns beside a column headed 合计. One model each, in
-- models/identities/table. Where the shape leaves several ways of adding up, each is a way of its
-- own, the likeliest first.
with

sums as (

    {% for identity_id in ['table_tree', 'table_total', 'table_row_sum'] -%}
        {% if not loop.first %}union all
        {% endif -%}
        select * from {{ ref(identity_id) }}
    {% endfor %}
),

sided as (

    select distinct
        * exclude (figure_id, may_fail),
        total_id as figure_id,
        'left' as side,
        true as may_fail
    from sums
    union all by name
    select
        *,
        'right' as side
    from sums

)

select
    sided.document_id,
    sided.identity_id,
    sided.way,
    sided.table_index,
    sided.block,
    sided.total_row,
    sided.total_column,
    sided.side,
    sided.figure_id,
    sided.is_money,
    rounded.counted_value,
    rounded.half_step,
    sided.may_fail
from sided
inner join {{ ref('int_figures__rounded') }} as rounded
    on sided.document_id = rounded.document_id and sided.figure_id = rounded.figure_id
