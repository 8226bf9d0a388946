-- Grain: one row per set of figures or claims that a failing check binds, of every document; those
-- of the narrative with the sentence. int_discrepancies__grouped says which these are.
-- Nothing reads this model, so a test of it that fails stops nothing else from being built.
with

found as (

    select * from {{ ref('int_discrepancies__grouped') }}

),

checks as (

    select * from {{ ref('int_identity_checks__attributed') }}

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
        measure,
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
        identity_measure as measure,
        value_text || unit as amount_text,
        null as amount_yuan,
        sentence,
        true as is_claim,
        page,
        cell_path
    from {{ ref('fct_narrative_claims') }}

),

-- The amounts and statements that each of them binds.
bound as (

    select
        check_id,
        document_id,
        struct_extract(term, 'side') as side,
        struct_extract(term, 'term_no') as term_no,
        struct_extract(term, 'row_index') as row_index,
        struct_extract(term, 'figure_id') as figure_id
    from (
        select
            check_id,
            document_id,
            unnest(terms) as term
        from {{ ref('fct_identity_checks') }}
        where check_id in (select found.check_id from found)
    ) as failing

),

figures as (

    select
        bound.check_id,
        bound.figure_id,
        bound.side,
        bound.term_no,
        bound.row_index,
        printed.measure,
        printed.amount_text,
        printed.amount_yuan,
        printed.sentence,
        printed.is_claim,
        printed.page,
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
        check_id,
        string_agg(place, ', ' order by page, place) as place
    from (
        select distinct
            check_id,
            page,
            place
        from figures
        where place <> ''
    ) as distinct_places
    group by check_id

),

sides as (

    select
        check_id,
        {%- for side in ['left', 'right'] %}
            arg_min(
                struct_pack(figure_id := figure_id, is_claim := is_claim),
                struct_pack(t := term_no, r := row_index, m := measure, f := figure_id)
            ) filter (where side = '{{ side }}') as {{ side }}_term,
        {%- endfor %}
        string_agg(amount_text, '; ' order by term_no, row_index, measure, figure_id)
        filter (where side = 'left') as printed_left,
        string_agg(amount_text, '; ' order by term_no, row_index, measure, figure_id)
        filter (where side = 'right' and coalesce(amount_yuan, 1) <> 0) as printed_right,
        string_agg(distinct sentence, ' … ' order by sentence)
        filter (where sentence <> '') as sentence,
        bool_or(not is_claim) as has_figures
    from figures
    group by check_id

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
-- quantity once. A column that slipped is told by its cause: fct_error_locations.
culprits as (

    select
        document_id,
        fault_number,
        string_agg(
            printed_text || if(suggested_text = '', '', ' → ' || suggested_text),
            '; '
            order by solution_number, form, row_name, measure
        ) as culprits
    from {{ ref('fct_error_locations') }}
    where
        solution_number <= 3
        and figure_id is not null
        and place_number = 1
        and cause = 'figures'
    group by document_id, fault_number

)

select
    found.check_id,
    found.document_id,
    documents.file_name,
    documents.department_name,
    documents.fiscal_year,
    documents.is_counted,
    found.identity_id,
    found.scope_key,
    found.identity_ids,
    found.check_count,
    checks.evidence,
    case
        when checks.evidence <> 'narrative' then checks.evidence
        when identities.family = 'wording' then 'wording'
        -- It binds the statement; what a form leaves blank is no figure.
        when sides.has_figures or checks.identity_id = 'nar_blank' then 'prose_forms'
        else 'prose'
    end as conflict,
    found.level,
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
        if(sides.{{ side }}_term.is_claim, null, sides.{{ side }}_term.figure_id)
            as {{ side }}_figure_id,
        if(sides.{{ side }}_term.is_claim, sides.{{ side }}_term.figure_id, null)
            as {{ side }}_claim_id,
    {%- endfor %}
    coalesce(
        places.place,
        'page ' || coalesce(checks.page, forms.page),
        checks.cell_path,
        forms.cell_path,
        ''
    ) as place,
    coalesce(sides.printed_left, checks.printed) as printed_left,
    coalesce(sides.printed_right, checks.expected) as printed_right,
    coalesce(nullif(checks.sentence, ''), sides.sentence, '') as sentence,
    faults.fault_number,
    coalesce(faults.is_located, false) as is_located,
    coalesce(culprits.culprits, '') as culprits,
    found.accepted_reason,
    checks.reason
from found
inner join checks on found.document_id = checks.document_id and found.check_id = checks.check_id
inner join {{ ref('identities') }} as identities on found.identity_id = identities.identity_id
inner join documents on found.document_id = documents.document_id
left join sides on found.check_id = sides.check_id
left join places on found.check_id = places.check_id
left join forms on found.document_id = forms.document_id and found.scope_key = forms.form
left join faults on found.document_id = faults.document_id and found.check_id = faults.check_id
left join culprits
    on
        faults.document_id = culprits.document_id
        and faults.fault_number = culprits.fault_number
