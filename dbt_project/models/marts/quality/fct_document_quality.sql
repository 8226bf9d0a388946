-- Grain: one row per document.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

parts as (

    select
        document_id,
        string_agg(part_file, ', ' order by part_file) as file_names
    from {{ ref('int_documents__joined') }}
    group by document_id

),

-- The forms of prose are in another file, and so may be some of a file's.
missing_forms as (

    select
        documents.document_id,
        count(*) as missing_count,
        string_agg(catalogue.form, ', ' order by catalogue.form) as forms
    from {{ ref('int_documents__described') }} as documents
    inner join {{ ref('stg_form_catalogue') }} as catalogue
        on documents.identity_kind = catalogue.kind
    anti join {{ ref('int_forms__joined') }} as forms
        on documents.document_id = forms.document_id and catalogue.form = forms.form
    where catalogue.is_standard and documents.has_forms
    group by documents.document_id

),

figures as (

    select
        judged.document_id,
        count(*) as figure_count,
        count(*) filter (where judged.measure <> '') as named_count,
        count(*) filter (where judged.status = 'proven') as proven_count,
        count(*) filter (where judged.proof > 0) as summed_count,
        count(*) filter (where judged.proof = 0 and rounded.counted_value = 0) as nil_count,
        count(*) filter (where judged.status = 'unchecked') as unchecked_count,
        count(*) filter (where judged.status = 'disputed') as disputed_count
    from {{ ref('int_figures__judged') }} as judged
    left join {{ ref('int_figures__rounded') }} as rounded
        on judged.document_id = rounded.document_id and judged.figure_id = rounded.figure_id
    group by judged.document_id

),

checks as (

    select
        document_id,
        count(*) filter (where is_evaluated) as evaluated_count,
        count(*) filter (where tier = 'exact') as exact_count,
        count(*) filter (where tier = 'rounding_likely') as rounding_likely_count,
        count(*) filter (where tier = 'rounding_possible') as rounding_possible_count,
        count(*) filter (where tier = 'coarse_precision') as coarse_precision_count,
        count(*) filter (where tier = 'copy_mismatch') as copy_mismatch_count,
        count(*) filter (where tier = 'undefined_ratio') as undefined_ratio_count,
        count(*) filter (where tier = 'residual_plug') as residual_plug_count,
        count(*) filter (where verdict = 'soft_violation') as soft_violation_count,
        count(*) filter (where tier = 'ambiguous') as ambiguous_count,
        count(*) filter (where tier = 'not_applicable') as not_applicable_count,
        count(*) filter (where tier = 'not_evaluable') as not_evaluable_count
    from {{ ref('int_identity_checks__attributed') }}
    group by document_id

),

contradictions as (

    select
        document_id,
        count(*) as violation_count
    from {{ ref('int_discrepancies__grouped') }}
    where level = 'violation'
    group by document_id

),

claims as (

    select
        document_id,
        count(*) as claim_count
    from {{ ref('stg_claims') }}
    group by document_id

),

prose_furniture as (

    select
        document_id,
        count(*) as furniture_count
    from {{ ref('stg_prose_furniture') }}
    group by document_id

),

rejections as (

    select
        document_id,
        count(*) as rejection_count,
        count(*) filter (where reason = 'outside_table') as outside_count
    from {{ ref('stg_rejections') }}
    group by document_id

)

select
    documents.document_id,
    documents.file_name,
    documents.is_preferred,
    documents.is_quarantined,
    documents.is_template,
    documents.is_counted,
    cast(coalesce(figures.figure_count, 0) as integer) as figure_count,
    cast(coalesce(figures.named_count, 0) as integer) as named_count,
    cast(coalesce(figures.proven_count, 0) as integer) as proven_count,
    cast(coalesce(figures.unchecked_count, 0) as integer) as unchecked_count,
    cast(coalesce(figures.disputed_count, 0) as integer) as disputed_count,
    cast(figures.proven_count / figures.figure_count as decimal(9, 6)) as proven_ratio,
    cast(figures.summed_count / nullif(figures.proven_count, 0) as decimal(9, 6)) as summed_ratio,
    cast(
        (figures.proven_count - figures.summed_count - figures.nil_count)
        / nullif(figures.proven_count, 0) as decimal(9, 6)
    ) as copied_ratio,
    cast(figures.nil_count / nullif(figures.proven_count, 0) as decimal(9, 6)) as nil_ratio,
    cast(coalesce(checks.evaluated_count, 0) as integer) as evaluated_count,
    cast(coalesce(checks.exact_count, 0) as integer) as exact_count,
    cast(coalesce(checks.rounding_likely_count, 0) as integer) as rounding_likely_count,
    cast(coalesce(checks.rounding_possible_count, 0) as integer) as rounding_possible_count,
    cast(coalesce(checks.coarse_precision_count, 0) as integer) as coarse_precision_count,
    cast(coalesce(checks.copy_mismatch_count, 0) as integer) as copy_mismatch_count,
    cast(coalesce(checks.undefined_ratio_count, 0) as integer) as undefined_ratio_count,
    cast(coalesce(checks.residual_plug_count, 0) as integer) as residual_plug_count,
    cast(coalesce(contradictions.violation_count, 0) as integer) as violation_count,
    cast(coalesce(checks.soft_violation_count, 0) as integer) as soft_violation_count,
    cast(coalesce(checks.ambiguous_count, 0) as integer) as ambiguous_count,
    cast(coalesce(checks.not_applicable_count, 0) as integer) as not_applicable_count,
    cast(coalesce(checks.not_evaluable_count, 0) as integer) as not_evaluable_count,
    cast(coalesce(claims.claim_count, 0) as integer) as claim_count,
    cast(coalesce(prose.number_count, 0) as integer) as prose_number_count,
    cast(coalesce(prose.clear_count, 0) as integer) as prose_clear_count,
    cast(coalesce(prose.number_count - prose.clear_count, 0) as integer) as prose_in_doubt_count,
    cast(coalesce(prose_furniture.furniture_count, 0) as integer) as prose_furniture_count,
    cast(prose.clear_count / prose.number_count as decimal(9, 6)) as prose_coverage,
    cast(coalesce(rejections.rejection_count, 0) as integer) as rejection_count,
    cast(
        coalesce(found_forms.number_count, 0) + coalesce(rejections.outside_count, 0) as integer
    ) as number_count,
    cast(coalesce(found_forms.accounted_count, 0) as integer) as accounted_count,
    cast(
        coalesce(found_forms.accounted_count, 0)
        / nullif(
            coalesce(found_forms.number_count, 0) + coalesce(rejections.outside_count, 0), 0
        )
        as decimal(9, 6)
    ) as coverage_ratio,
    cast(coalesce(found_forms.table_count, 0) as integer) as table_count,
    cast(coalesce(found_forms.named_table_count, 0) as integer) as named_table_count,
    cast(coalesce(found_forms.unnamed_table_count, 0) as integer) as unnamed_table_count,
    coalesce(found_forms.titles, '') as unnamed_tables,
    cast(coalesce(found_forms.found_count, 0) as integer) as found_form_count,
    coalesce(found_forms.forms, '') as found_forms,
    documents.has_forms,
    coalesce(parts.file_names, '') as other_parts,
    -- A form may hide among the tables that nobody could name.
    coalesce(found_forms.unnamed_table_count, 0) = 0 as missing_forms_known,
    cast(if(missing_forms_known, coalesce(missing_forms.missing_count, 0), 0) as integer)
        as missing_form_count,
    if(missing_forms_known, coalesce(missing_forms.forms, ''), '') as missing_forms
from documents
left join figures on documents.document_id = figures.document_id
left join checks on documents.document_id = checks.document_id
left join contradictions on documents.document_id = contradictions.document_id
left join claims on documents.document_id = claims.document_id
left join {{ ref('int_prose_numbers__counted') }} as prose
    on documents.document_id = prose.document_id
left join prose_furniture on documents.document_id = prose_furniture.document_id
left join rejections on documents.document_id = rejections.document_id
left join {{ ref('int_tables__counted') }} as found_forms
    on documents.document_id = found_forms.document_id
left join missing_forms on documents.document_id = missing_forms.document_id
left join parts on documents.document_id = parts.document_id
