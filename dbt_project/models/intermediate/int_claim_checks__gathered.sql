-- Grain: one row per document, identity and scope key of the checks that no signed sum expresses:
-- ratios, comparisons and wording, with the ids of what stands on either side.
{{ config(materialized='ephemeral') }}
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
    -- The only ratio of amounts that forms print.
    union all by name
    select * from {{ ref('b_growth') }}
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

)

select
    document_id,
    identity_id,
    scope_key,
    unit,
    left_yuan,
    right_yuan,
    tier,
    reason,
    left_ids,
    right_ids,
    printed,
    expected,
    sentence,
    page,
    cell_path
from gathered
