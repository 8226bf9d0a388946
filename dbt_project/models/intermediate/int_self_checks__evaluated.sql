-- Grain: one row per document, self-check and form on which it can be evaluated.
-- Checks of reading rather than of accounting: the reason says what is off. One model each, in
-- models/identities/self_check; those that look at amounts name them as terms.
{% for identity_id in [
    'rownum_contiguous', 'colnum_matches_width', 'code_shape', 'code_name_known', 'code_domain',
    'entity_year_unit_header', 'empty_form_has_note', 'empty_note_holds', 'non_negative'
] -%}
    {% if not loop.first %}union all by name
    {% endif -%}
    select
        document_id,
        identity_id,
        scope_key,
        tier,
        {%- if identity_id in ['empty_note_holds', 'non_negative'] %}
            terms,
        {%- endif %}
        reason
    from {{ ref(identity_id) }}
{% endfor %}
