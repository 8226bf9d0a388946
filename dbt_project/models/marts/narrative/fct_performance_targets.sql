-- Grain: one row per performance indicator that a table of a counted document lists: what it is to
-- be, and in self-evaluations what it came to be. Numbers decide whether that was reached, then
-- words, then the points that the body gave itself.
with

listed as (

    select
        indicators.*,
        documents.body_id,
        documents.fiscal_year,
        documents.kind,
        documents.scope
    from {{ ref('stg_performance_indicators') }} as indicators
    inner join {{ ref('int_documents__ranked') }} as documents
        on indicators.document_id = documents.document_id
    where documents.is_preferred and not documents.is_quarantined

),

judged as (

    select
        *,
        -- What compares with nothing, or counts something else, is neither reached nor missed.
        case
            when achieved_unit = target_unit or '' in (achieved_unit, target_unit)
                then
                    case target_comparator
                        when '>=' then achieved_value >= target_value
                        when '<=' then achieved_value <= target_value
                        when '>' then achieved_value > target_value
                        when '<' then achieved_value < target_value
                        when '=' then achieved_value = target_value
                        else
                            case
                                when achieved_value = target_value then true
                                -- No sign: at most and at least are as likely, but nothing is more
                                -- than the whole.
                                when
                                    target_value = 100
                                    and target_unit = '%'
                                    and achieved_value < target_value
                                    then false
                            end
                    end
        end as is_reached_by_number,
        -- The three steps in which what no number measures is evaluated: 达成预期指标,
        -- 部分达成预期指标并具有一定效果, 未达成预期指标且效果较差.
        case
            when
                regexp_full_match(
                    achieved_text,
                    '(全部|全面|均|已|均已|已全部)?(达成|完成|达到|实现)了?'
                    || '((预期|年度|年初|设定|既定|绩效|工作)*(指标|目标|效果|任务|要求)值?)?'
                )
                then true
            when
                regexp_matches(
                    achieved_text, '^(未|尚未|没有|部分|未能|未全部)(达成|完成|达到|达标|实现)'
                )
                then false
        end as is_reached_by_step,
        -- Points fewer than could be earned say that it was not wholly reached.
        if(weight > 0 and score between 0 and weight, score = weight, null) as is_reached_by_score,
        if(
            target_value is null and achieved_value is null
            and achieved_text <> '' and achieved_text = target_text,
            true,
            null
        ) as is_reached_by_same_words
    from listed

)

select
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    table_index,
    row_index,
    project_name,
    unit_name,
    indicator_class,
    indicator_type,
    indicator_name,
    target_text,
    target_comparator,
    target_value,
    target_unit,
    achieved_text,
    achieved_value,
    achieved_unit,
    coalesce(
        is_reached_by_number, is_reached_by_step, is_reached_by_score, is_reached_by_same_words
    ) as is_reached,
    case
        when is_reached_by_number is not null then 'number'
        when is_reached_by_step is not null then 'words'
        when is_reached_by_score is not null then 'score'
        when is_reached_by_same_words then 'words'
        else ''
    end as reached_by,
    weight,
    score,
    page,
    cell_path
from judged
