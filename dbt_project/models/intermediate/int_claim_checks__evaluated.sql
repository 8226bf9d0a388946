-- Grain: one row per document, identity and scope key of the checks that no signed sum expresses:
-- ratios, comparisons and wording, with the statements of either side.
with

-- A number is a narrower key than document, identity and scope. Materialized, so that it is given
-- once.
checks as materialized (

    select
        *,
        row_number() over () as check_number
    from {{ ref('int_claim_checks__gathered') }}

),

sides as (

    {% for side in ['left', 'right'] -%}
        select
            check_number,
            '{{ side }}' as side,
            unnest({{ side }}_ids) as figure_id,
            generate_subscripts({{ side }}_ids, 1){% if side == 'right' %} + 100{% endif %}
                as term_no
        from checks
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}

),

terms as (

    select
        check_number,
        {{ check_terms(side='side', term_no='term_no') }} as terms
    from sides
    where figure_id is not null
    group by check_number

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
left join terms on checks.check_number = terms.check_number
