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

gathered as (

    select * from ratios
    -- One model an identity, or a family of them, in models/identities/prose.
    {% for name in [
        'app_activity_sums', 'app_project_count', 'asset_thresholds', 'b_units', 'former_name',
        'label_mismatch', 'money_and_counts', 'nar_all_budget_equals_actual', 'nar_basic_names',
        'nar_blank', 'nar_equal_claims', 'nar_percap_sane', 'no_single_reading',
        'perf_fund_year', 'proc_part_le_whole', 'proc_sme_by_kind', 'reason_explains_delta',
        'stated_twice', 'units_named', 'wrong_words', 'yoy_direction', 'yoy_level_parts',
        'yoy_same_base', 'yoy_stated'
    ] -%}
        union all by name
        select * from {{ ref(name) }}
    {% endfor %}

),

-- A number is a narrower key than document, identity and scope. Materialized, so that it is given
-- once.
checks as materialized (

    select
        *,
        row_number() over () as check_number
    from gathered

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
