-- Grain: one row per document, identity and scope key of the checks that no signed sum expresses:
-- ratios, comparisons and wording, with the statements of either side.
with

ratios as (

    select
        document_id,
        identity_id,
        scope_key,
        unit,
        left_yuan,
        right_yuan,
        tier,
        reason,
        [claim_id] as left_ids,
        list_filter([numerator_id, denominator_id], lambda id: id is not null) as right_ids,
        cast(null as varchar) as printed,
        cast(null as varchar) as expected,
        cast(null as varchar) as sentence,
        cast(null as integer) as page,
        cast(null as varchar) as cell_path
    from {{ ref('int_claim_ratios__evaluated') }}

),

checks as (

    select * from ratios
    union all by name
    select * from {{ ref('int_claim_comparisons__evaluated') }}
    union all by name
    select * from {{ ref('int_claim_changes__evaluated') }}
    union all by name
    select * from {{ ref('int_claim_counts__evaluated') }}
    union all by name
    select * from {{ ref('int_wording__evaluated') }}
    -- One model each, in models/identities/prose.
    {% for identity_id in [
        'yoy_stated', 'yoy_level_parts', 'stated_twice', 'proc_part_le_whole', 'units_named',
        'former_name', 'nar_blank'
    ] -%}
        union all by name
        select * from {{ ref(identity_id) }}
    {% endfor %}

),

sides as (

    {% for side in ['left', 'right'] -%}
        select
            document_id,
            identity_id,
            scope_key,
            '{{ side }}' as side,
            unnest({{ side }}_ids) as figure_id,
            generate_subscripts({{ side }}_ids, 1){% if side == 'right' %} + 100{% endif %}
                as term_no
        from checks
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}

),

printed as (

    select
        claim_id as figure_id,
        form,
        concat_ws(' ', item, nullif(item_label, ''), nullif(group_label, '')) as row_name,
        measure,
        printed_text
    from {{ ref('int_claims__keyed') }}
    union all
    select
        figure_id,
        form,
        coalesce(nullif(row_code, ''), row_label) as row_name,
        measure,
        amount_text as printed_text
    from {{ ref('int_form_cells__keyed') }}
    where figure_id is not null

),

described as (

    select
        sides.document_id,
        sides.identity_id,
        sides.scope_key,
        {
            'side': sides.side,
            'term_no': sides.term_no,
            'row_index': 0,
            'sign': 1,
            'figure_id': sides.figure_id,
            'form': printed.form,
            'row': printed.row_name,
            'measure': printed.measure,
            'printed': printed.printed_text
        } as term
    from sides
    inner join printed on sides.figure_id = printed.figure_id

),

-- Terms sort by what stands first in them: the side, then the number. An ordered list would sort
-- every list apart.
terms as (

    select
        document_id,
        identity_id,
        scope_key,
        to_json(list_sort(list(term))) as terms
    from described
    group by document_id, identity_id, scope_key

)

select
    checks.document_id,
    checks.identity_id,
    checks.scope_key,
    checks.unit,
    checks.left_yuan,
    checks.right_yuan,
    checks.left_yuan - checks.right_yuan as difference_yuan,
    terms.terms,
    checks.tier,
    checks.reason,
    checks.printed,
    checks.expected,
    checks.sentence,
    checks.page,
    checks.cell_path
from checks
left join terms
    on
        checks.document_id = terms.document_id
        and checks.identity_id = terms.identity_id
        and checks.scope_key = terms.scope_key
