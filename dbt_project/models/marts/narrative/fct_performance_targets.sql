-- Grain: one row per performance indicator that a table of a counted document lists: what it is to
-- be, and in self-evaluations what it came to be.
select
    indicators.document_id,
    documents.body_id,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    indicators.table_index,
    indicators.row_index,
    indicators.project_name,
    indicators.unit_name,
    indicators.indicator_class,
    indicators.indicator_type,
    indicators.indicator_name,
    indicators.target_text,
    indicators.target_comparator,
    indicators.target_value,
    indicators.target_unit,
    indicators.achieved_text,
    indicators.achieved_value,
    indicators.achieved_unit,
    -- What compares with nothing, or counts something else, is neither reached nor missed.
    case
        when
            indicators.achieved_unit = indicators.target_unit
            or '' in (indicators.achieved_unit, indicators.target_unit)
            then
                case indicators.target_comparator
                    when '>=' then indicators.achieved_value >= indicators.target_value
                    when '<=' then indicators.achieved_value <= indicators.target_value
                    when '>' then indicators.achieved_value > indicators.target_value
                    when '<' then indicators.achieved_value < indicators.target_value
                    when '=' then indicators.achieved_value = indicators.target_value
                    -- Without a sign nothing but the same number says that it is reached.
                    else if(indicators.achieved_value = indicators.target_value, true, null)
                end
    end as is_reached,
    indicators.weight,
    indicators.score,
    indicators.page,
    indicators.cell_path
from {{ ref('stg_performance_indicators') }} as indicators
inner join {{ ref('int_documents__ranked') }} as documents
    on indicators.document_id = documents.document_id
where documents.is_preferred and not documents.is_quarantined
