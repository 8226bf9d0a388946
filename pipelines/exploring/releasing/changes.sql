-- What differs between two states of the marts, as views now_… and before_… show them. Each statement
-- leaves a temporary table.

-- Grain: one row per document that takes the place of another: where the site says so, where it
-- stands at the other's address, or where it is of the same body, year and kind and the other has
-- gone. One takes the place of one.
create or replace temp table replaced as
with

pairs as (
    select added.document_id, previous.document_id as previous_document_id, 1 as rank
    from now_dim_documents as previous
    inner join now_dim_documents as added
        on previous.superseded_by_document_id = added.document_id
    union all
    select added.document_id, previous.document_id, 2
    from before_dim_documents as previous
    inner join now_dim_documents as added on previous.url = added.url
    union all
    select added.document_id, previous.document_id, 3
    from before_dim_documents as previous
    anti join now_dim_documents as kept on previous.document_id = kept.document_id
    inner join now_dim_documents as added
        on
            previous.body_id = added.body_id
            and previous.fiscal_year = added.fiscal_year
            and previous.kind = added.kind
),

possible as (
    select pairs.*
    from pairs
    semi join before_dim_documents as old on pairs.previous_document_id = old.document_id
    anti join before_dim_documents as old on pairs.document_id = old.document_id
),

of_each as (
    select *
    from possible
    qualify
        row_number() over (partition by document_id order by rank, previous_document_id) = 1
)

select document_id, previous_document_id
from of_each
qualify row_number() over (partition by previous_document_id order by rank, document_id) = 1;

-- Grain: one row per document that was added, replaced, counted otherwise, or has gone.
create or replace temp table changed_documents as
with

changes as (
    select 'replaced' as change, document_id, previous_document_id
    from replaced
    union all
    select 'added', new.document_id, null
    from now_dim_documents as new
    anti join before_dim_documents as old on new.document_id = old.document_id
    anti join replaced on new.document_id = replaced.document_id
    union all
    select 'gone', null, old.document_id
    from before_dim_documents as old
    anti join now_dim_documents as new on old.document_id = new.document_id
    anti join replaced on old.document_id = replaced.previous_document_id
    union all
    select
        if(new.is_counted, 'counted', 'no_longer_counted'), new.document_id, old.document_id
    from now_dim_documents as new
    inner join before_dim_documents as old on new.document_id = old.document_id
    anti join replaced on old.document_id = replaced.previous_document_id
    where new.is_counted is distinct from old.is_counted
)

select
    changes.change,
    coalesce(new.department_name, old.department_name) as department_name,
    coalesce(new.region_name, old.region_name) as region_name,
    coalesce(new.fiscal_year, old.fiscal_year) as fiscal_year,
    coalesce(new.kind, old.kind) as kind,
    coalesce(new.scope, old.scope) as scope,
    new.file_name,
    old.file_name as previous_file_name,
    new.is_counted,
    old.is_counted as was_counted,
    coalesce(new.url, old.url) as url,
    changes.document_id,
    changes.previous_document_id
from changes
left join now_dim_documents as new on changes.document_id = new.document_id
left join before_dim_documents as old on changes.previous_document_id = old.document_id;

-- Grain: one row per figure of which the amount or the status changed, or that appeared or disappeared
-- in a document that both states hold or that replaces another. Those of documents that are new or
-- gone altogether are not listed. A figure of a document that both have keeps its key; one of a
-- replaced document is known by form, row and column, and by how many alike stand before it.
create or replace temp table changed_figures as
with

kept as (
    select new.document_id
    from now_dim_documents as new
    semi join before_dim_documents as old on new.document_id = old.document_id
),

new_figures as (
    select figures as new
    from now_fct_disclosed_figures as figures
    semi join kept on figures.document_id = kept.document_id
),

old_figures as (
    select figures as old
    from before_fct_disclosed_figures as figures
    semi join kept on figures.document_id = kept.document_id
),

of_replaced as (
    select 'now' as state, replaced.document_id as of_document_id, figures
    from now_fct_disclosed_figures as figures
    inner join replaced on figures.document_id = replaced.document_id
    union all
    select 'before', replaced.document_id, figures
    from before_fct_disclosed_figures as figures
    inner join replaced on figures.document_id = replaced.previous_document_id
),

numbered as (
    select
        state,
        of_document_id,
        figures,
        coalesce(nullif(figures.form, ''), figures.title) as table_name,
        figures.section,
        coalesce(nullif(figures.row_code, ''), figures.row_label) as row_name,
        coalesce(nullif(figures.measure, ''), figures.header_path) as column_name,
        row_number() over (
            partition by state, of_document_id, table_name, figures.section, row_name, column_name
            order by figures.table_index, figures.row_index, figures.column_index
        ) as nth
    from of_replaced
),

pairs as (
    select new_figures.new, old_figures.old
    from new_figures
    full join old_figures on new_figures.new.figure_id = old_figures.old.figure_id
    union all
    select new_numbered.figures, old_numbered.figures
    from (from numbered where state = 'now') as new_numbered
    full join (from numbered where state = 'before') as old_numbered
        using (of_document_id, table_name, section, row_name, column_name, nth)
),

judged as (
    select
        *,
        case
            when old is null then 'appeared'
            when new is null then 'disappeared'
            when
                new.amount_text is distinct from old.amount_text
                or new.amount_yuan is distinct from old.amount_yuan
                or new.printed_unit is distinct from old.printed_unit
                then 'amount'
            when new.status is distinct from old.status then 'status'
        end as change
    from pairs
)

select
    judged.change,
    documents.department_name,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    documents.file_name,
    coalesce(new.form, old.form) as form,
    coalesce(new.title, old.title) as title,
    coalesce(new.row_code, old.row_code) as row_code,
    coalesce(new.row_label, old.row_label) as row_label,
    coalesce(new.measure, old.measure) as measure,
    coalesce(new.header_path, old.header_path) as header_path,
    old.amount_text as previous_amount_text,
    new.amount_text,
    old.printed_unit as previous_printed_unit,
    new.printed_unit,
    old.amount_yuan as previous_amount_yuan,
    new.amount_yuan,
    old.status as previous_status,
    new.status,
    coalesce(new.page, old.page) as page,
    coalesce(new.cell_path, old.cell_path) as cell_path,
    new.document_id,
    old.document_id as previous_document_id,
    new.figure_id,
    old.figure_id as previous_figure_id
from judged
left join (
    from now_dim_documents
    union all
    from before_dim_documents as old
    anti join now_dim_documents as new on old.document_id = new.document_id
) as documents
    on coalesce(judged.new.document_id, judged.old.document_id) = documents.document_id
where judged.change is not null;

-- Grain: one row per discrepancy that is new, settled, or of another level than before.
create or replace temp table changed_discrepancies as
with

old_discrepancies as (
    select
        coalesce(replaced.document_id, discrepancies.document_id) as of_document_id,
        discrepancies as old
    from before_fct_discrepancies as discrepancies
    left join replaced on discrepancies.document_id = replaced.previous_document_id
),

-- As values before they are joined: a row that a join does not find is not null as a whole.
new_discrepancies as (
    select document_id as of_document_id, discrepancies as new
    from now_fct_discrepancies as discrepancies
),

pairs as (
    select
        new_discrepancies.new,
        old_discrepancies.old,
        coalesce(new_discrepancies.of_document_id, old_discrepancies.of_document_id)
            as of_document_id
    from new_discrepancies
    full join old_discrepancies
        on
            new_discrepancies.of_document_id = old_discrepancies.of_document_id
            and new_discrepancies.new.identity_id = old_discrepancies.old.identity_id
            and new_discrepancies.new.scope_key = old_discrepancies.old.scope_key
)

select
    case
        when pairs.old is null then 'new'
        when pairs.new is null then 'settled'
        else 'judged_otherwise'
    end as change,
    case
        when replaced.document_id is not null then 'document_replaced'
        when old_documents.document_id is null then 'document_added'
        when new_documents.document_id is null then 'document_gone'
        else 'judged_anew'
    end as why,
    coalesce(pairs.new.department_name, pairs.old.department_name) as department_name,
    coalesce(pairs.new.fiscal_year, pairs.old.fiscal_year) as fiscal_year,
    coalesce(pairs.new.file_name, pairs.old.file_name) as file_name,
    coalesce(pairs.new.identity_id, pairs.old.identity_id) as identity_id,
    coalesce(pairs.new.scope_key, pairs.old.scope_key) as scope_key,
    coalesce(pairs.new.meaning_zh, pairs.old.meaning_zh) as meaning_zh,
    coalesce(pairs.new.meaning_en, pairs.old.meaning_en) as meaning_en,
    pairs.old.level as previous_level,
    pairs.new.level,
    coalesce(pairs.new.difference_yuan, pairs.old.difference_yuan) as difference,
    coalesce(pairs.new.unit, pairs.old.unit) as unit,
    coalesce(pairs.new.place, pairs.old.place) as place,
    pairs.new.document_id,
    pairs.old.document_id as previous_document_id,
    coalesce(pairs.new.check_id, pairs.old.check_id) as check_id
from pairs
left join replaced on pairs.of_document_id = replaced.document_id
left join now_dim_documents as new_documents
    on coalesce(pairs.new.document_id, pairs.old.document_id) = new_documents.document_id
left join before_dim_documents as old_documents
    on coalesce(pairs.old.document_id, pairs.new.document_id) = old_documents.document_id
where pairs.new.level is distinct from pairs.old.level;

-- Grain: one row per kind of document, and one of kind 'all'.
create or replace temp table changed_quality as
with

states as (
    select 'now' as state, documents.kind, documents.is_counted, quality.*
    from now_fct_document_quality as quality
    inner join now_dim_documents as documents using (document_id)
    union all
    select 'before', documents.kind, documents.is_counted, quality.*
    from before_fct_document_quality as quality
    inner join before_dim_documents as documents using (document_id)
),

summed as (
    select
        state,
        if(grouping(kind) = 1, 'all', coalesce(kind, 'unknown')) as kind,
        count(*) as document_count,
        sum(figure_count)::bigint as figure_count,
        sum(named_count)::bigint as named_count,
        sum(proven_count)::bigint as proven_count,
        sum(unchecked_count)::bigint as unchecked_count,
        sum(disputed_count)::bigint as disputed_count,
        coalesce(sum(violation_count) filter (where is_counted), 0)::bigint as violation_count,
        (sum(proven_count) / nullif(sum(figure_count), 0))::decimal(9, 6) as proven_ratio
    from states
    group by grouping sets ((state), (state, kind))
)

select
    coalesce(new.kind, old.kind) as kind,
    old.document_count as previous_document_count,
    new.document_count,
    old.figure_count as previous_figure_count,
    new.figure_count,
    old.named_count as previous_named_count,
    new.named_count,
    old.proven_count as previous_proven_count,
    new.proven_count,
    old.unchecked_count as previous_unchecked_count,
    new.unchecked_count,
    old.disputed_count as previous_disputed_count,
    new.disputed_count,
    old.violation_count as previous_violation_count,
    new.violation_count,
    old.proven_ratio as previous_proven_ratio,
    new.proven_ratio
from (select * from summed where state = 'now') as new
full join (select * from summed where state = 'before') as old on new.kind = old.kind;
