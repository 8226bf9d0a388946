-- Grain: one row per document and figure that a sum binds which holds and is no copy.
-- How strong a proof is. Amounts that are held equal, by a copy or by a sum of which all other
-- parts are nil, are one amount printed several times; an equation of nils says nothing. What is
-- left of two equations is compared: the same amounts under the same signs are one equation.
-- Equations that follow from several others by adding these up are counted still.
with recursive

held as (

    select
        terms.document_id,
        concat_ws('|', terms.identity_id, terms.scope_key) as equation,
        terms.figure_id,
        sum(terms.sign * if(terms.side = 'left', 1, -1)) as sign
    from {{ ref('int_identity_terms__resolved') }} as terms
    {{ join_identity_checks() }}
    where
        terms.side in ('left', 'right')
        and checks.severity = 'hard'
        and checks.relation = '='
        and checks.evidence <> 'narrative'
        and checks.is_held
    group by
        terms.document_id, terms.identity_id, terms.scope_key, terms.figure_id
    union all
    select
        terms.document_id,
        concat_ws(
            '|', terms.identity_id, terms.table_index, terms.total_row, terms.total_column,
            terms.way
        ) as equation,
        terms.figure_id,
        if(terms.side = 'left', 1, -1) as sign
    from {{ ref('int_table_terms__resolved') }} as terms
    {{ join_table_checks() }}
    where judged.is_proof

),

terms as (

    select
        held.*,
        rounded.counted_value = 0 as is_nil
    from held
    inner join {{ ref('int_figures__rounded') }} as rounded
        on held.document_id = rounded.document_id and held.figure_id = rounded.figure_id
    where held.sign <> 0

),

pairs as (

    select
        document_id,
        min(figure_id) as one,
        max(figure_id) as other
    from terms
    where not is_nil
    group by document_id, equation
    having count(*) = 2 and sum(sign) = 0

),

linked as (

    select
        document_id,
        one as figure_id,
        other as copy_id
    from pairs
    union
    select
        document_id,
        other as figure_id,
        one as copy_id
    from pairs

),

reached as (

    select
        document_id,
        figure_id,
        copy_id
    from linked
    union
    select
        reached.document_id,
        reached.figure_id,
        linked.copy_id
    from reached
    inner join linked
        on reached.document_id = linked.document_id and reached.copy_id = linked.figure_id

),

-- Every copy of an amount goes by the smallest key among them.
nodes as (

    select
        document_id,
        figure_id,
        min(copy_id) as node_id
    from reached
    group by document_id, figure_id

),

printings as (

    select
        terms.*,
        coalesce(nodes.node_id, terms.figure_id) as node_id
    from terms
    left join nodes
        on terms.document_id = nodes.document_id and terms.figure_id = nodes.figure_id

),

netted as (

    select
        document_id,
        equation,
        node_id,
        sum(sign) as sign
    from printings
    where not is_nil
    group by document_id, equation, node_id
    having sum(sign) <> 0

),

-- An equation may be written either way round.
turned as (

    select
        *,
        sign(first_value(sign) over (partition by document_id, equation order by node_id))
            as sign_of_first
    from netted

),

sums as (

    select
        document_id,
        equation,
        list(
            struct_pack(node := node_id, sign := sign * sign_of_first) order by node_id
        ) as amounts
    from turned
    group by document_id, equation
    having count(*) > 2

),

-- A nil has no copies: any other nil equals it.
bound as (

    select
        sums.document_id,
        printings.figure_id,
        sums.amounts
    from sums
    inner join printings
        on
            sums.document_id = printings.document_id
            and sums.equation = printings.equation
            and printings.is_nil
    union
    select
        sums.document_id,
        printings.figure_id,
        sums.amounts
    from sums
    inner join netted
        on sums.document_id = netted.document_id and sums.equation = netted.equation
    inner join printings
        on
            netted.document_id = printings.document_id
            and netted.node_id = printings.node_id
            and not printings.is_nil

)

select
    document_id,
    figure_id,
    cast(count(*) as integer) as proof
from bound
group by document_id, figure_id
