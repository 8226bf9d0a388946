-- Grain: one row per set of figures or claims that a failing check binds, of every document; those
-- of the narrative with the sentence.
-- Checks that bind the very same figures (a code and its only child, say) are one row, which names
-- them all.
-- Nothing reads this model, so a test of it that fails stops nothing else from being built.
with

checks as (

    select *
    from {{ ref('int_identity_checks__attributed') }}
    where is_evaluated and not is_held

),

identities as (

    select * from {{ ref('identities') }}

),

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

forms as (

    select * from {{ ref('stg_forms') }}
    where form <> ''

),

printed as (

    select
        figure_id,
        document_id,
        coalesce(nullif(form, ''), title) as form,
        coalesce(nullif(row_code, ''), row_label) as row_name,
        coalesce(nullif(measure, ''), header_path) as measure,
        amount_text,
        amount_yuan,
        '' as sentence,
        false as is_claim,
        page,
        cell_path
    from {{ ref('int_figures__judged') }}
    union all
    select
        claim_id as figure_id,
        document_id,
        identity_form as form,
        identity_row as row_name,
        identity_measure as measure,
        value_text || unit as amount_text,
        null as amount_yuan,
        sentence,
        true as is_claim,
        page,
        cell_path
    from {{ ref('fct_narrative_claims') }}

),

-- The amounts and statements that each failing check binds.
bound as (

    select
        document_id,
        identity_id,
        scope_key,
        struct_extract(term, 'side') as side,
        struct_extract(term, 'term_no') as term_no,
        struct_extract(term, 'row_index') as row_index,
        struct_extract(term, 'figure_id') as figure_id
    from (
        select
            document_id,
            identity_id,
            scope_key,
            unnest(terms) as term
        from {{ ref('fct_identity_checks') }}
        where check_id in (select checks.check_id from checks)
    ) as failing

),

figures as (

    select
        bound.document_id,
        bound.identity_id,
        bound.scope_key,
        bound.figure_id,
        bound.side,
        bound.term_no,
        bound.row_index,
        printed.amount_text,
        printed.amount_yuan,
        nullif(printed.row_name, '') as row_name,
        printed.form,
        printed.measure,
        printed.sentence,
        printed.is_claim,
        printed.page,
        printed.cell_path,
        -- What another file prints, the other part of a publication, is found by its name.
        concat_ws(
            ' of ',
            coalesce('page ' || printed.page, printed.cell_path, ''),
            if(printed.document_id = bound.document_id, null, printing_documents.file_name)
        ) as place
    from bound
    inner join printed on bound.figure_id = printed.figure_id
    inner join documents as printing_documents
        on printed.document_id = printing_documents.document_id

),

places as (

    select
        document_id,
        identity_id,
        scope_key,
        string_agg(place, ', ' order by page, place) as place
    from (
        select distinct
            document_id,
            identity_id,
            scope_key,
            page,
            place
        from figures
        where place <> ''
    ) as distinct_places
    group by document_id, identity_id, scope_key

),

described as (

    select
        document_id,
        identity_id,
        scope_key,
        list(distinct figure_id order by figure_id) as figure_ids,
        {%- for side in ['left', 'right'] %}
            arg_min(
                struct_pack(figure_id := figure_id, is_claim := is_claim),
                struct_pack(t := term_no, r := row_index, m := measure, f := figure_id)
            ) filter (where side = '{{ side }}') as {{ side }}_term,
        {%- endfor %}
        string_agg(
            concat_ws(' ', form, row_name, measure) || ': ' || amount_text,
            '; '
            order by term_no, row_index, measure, figure_id
        ) filter (where side = 'left') as printed_left,
        string_agg(
            concat_ws(' ', form, row_name, measure) || ': ' || amount_text,
            '; '
            order by term_no, row_index, measure, figure_id
        ) filter (where side = 'right' and coalesce(amount_yuan, 1) <> 0) as printed_right,
        string_agg(distinct sentence, ' … ' order by sentence)
        filter (where sentence <> '') as sentence,
        bool_or(not is_claim) as has_figures
    from figures
    group by document_id, identity_id, scope_key

),

faults as (

    select distinct
        document_id,
        fault_number,
        is_located,
        unnest(failing_check_ids) as check_id
    from {{ ref('stg_error_locations') }}

),

-- The likeliest figure first; of explanations by several figures each names them all, but every
-- quantity once, and a column that slipped as a whole.
culprits as (

    select
        document_id,
        fault_number,
        string_agg(
            case cause
                when 'figures'
                    then
                        concat_ws(' ', form, nullif(row_name, ''), measure)
                        || ': '
                        || printed_text
                        || if(suggested_text = '', '', ' → ' || suggested_text)
                        || if(slip = '', '', ' (' || replace(slip, '_', ' ') || ')')
                        || if(place_count = 1, '', ' (printed in ' || place_count || ' places)')
                else concat_ws(' ', form, measure) || ': … (' || replace(cause, '_', ' ') || ')'
            end,
            '; '
            order by solution_number, form, row_name, measure
        ) as culprits
    from {{ ref('fct_error_locations') }}
    where solution_number <= 3 and figure_id is not null and place_number = 1
    group by document_id, fault_number

)

select
    checks.check_id,
    checks.document_id,
    documents.file_name,
    documents.department_name,
    documents.fiscal_year,
    checks.identity_id,
    checks.scope_key,
    array_to_string(list_sort(list(checks.identity_id) over same_figures), ', ') as identity_ids,
    cast(count(*) over same_figures as integer) as check_count,
    checks.evidence,
    case
        when checks.evidence <> 'narrative' then checks.evidence
        when identities.family = 'wording' then 'wording'
        -- It binds the statement; what a form leaves blank is no figure.
        when described.has_figures or checks.identity_id = 'nar_blank' then 'prose_forms'
        else 'prose'
    end as conflict,
    case
        when accepted.check_id is not null then 'accepted'
        when checks.is_beyond_rounding and checks.severity = 'hard' then 'violation'
        else 'info'
    end as level,
    checks.severity,
    checks.tier,
    checks.attribution,
    identities.formula,
    identities.meaning_en,
    identities.meaning_zh,
    checks.relation,
    checks.left_yuan,
    checks.right_yuan,
    checks.difference_yuan,
    checks.unit,
    {%- for side in ['left', 'right'] %}
        if(described.{{ side }}_term.is_claim, null, described.{{ side }}_term.figure_id)
            as {{ side }}_figure_id,
        if(described.{{ side }}_term.is_claim, described.{{ side }}_term.figure_id, null)
            as {{ side }}_claim_id,
    {%- endfor %}
    coalesce(
        places.place,
        'page ' || coalesce(checks.page, forms.page),
        checks.cell_path,
        forms.cell_path,
        ''
    ) as place,
    coalesce(described.printed_left, checks.printed) as printed_left,
    coalesce(described.printed_right, checks.expected) as printed_right,
    coalesce(nullif(checks.sentence, ''), described.sentence, '') as sentence,
    faults.fault_number,
    coalesce(faults.is_located, false) as is_located,
    coalesce(culprits.culprits, '') as culprits,
    coalesce(accepted.accepted_reason, '') as accepted_reason,
    checks.reason
from checks
inner join identities on checks.identity_id = identities.identity_id
inner join documents on checks.document_id = documents.document_id
left join described
    on
        checks.document_id = described.document_id
        and checks.identity_id = described.identity_id
        and checks.scope_key = described.scope_key
left join places
    on
        checks.document_id = places.document_id
        and checks.identity_id = places.identity_id
        and checks.scope_key = places.scope_key
left join forms
    on checks.document_id = forms.document_id and checks.scope_key = forms.form
left join faults
    on checks.document_id = faults.document_id and checks.check_id = faults.check_id
left join culprits
    on
        faults.document_id = culprits.document_id
        and faults.fault_number = culprits.fault_number
left join {{ ref('int_checks__accepted') }} as accepted on checks.check_id = accepted.check_id
window
    same_figures as (
        partition by checks.document_id, coalesce(described.figure_ids, [checks.check_id])
    )
qualify row_number() over (
        partition by checks.document_id, coalesce(described.figure_ids, [checks.check_id])
        order by checks.severity asc, checks.identity_id desc
    ) = 1
