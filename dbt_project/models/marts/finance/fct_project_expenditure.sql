-- Grain: one row per document, project and economic item; economic_label '' is the project itself,
-- with what it was to cost and cost, how much of it was done, its score and its grade.
-- The amount is the project form's where a province prints one, else what narrative and appended
-- report state; a project is known by its name without brackets.
with

claims as (

    select
        published.*,
        keyed.item_code as economic_code,
        published.item in ('item', 'class') as is_part,
        if(
            published.item in ('item', 'class'), published.group_label, published.item_label
        ) as project_name
    from {{ ref('int_claims__published') }} as published
    -- Words, such as a grade, have no value to be keyed.
    left join {{ ref('int_claims__keyed') }} as keyed on published.claim_id = keyed.claim_id
    where
        published.statement_number = 1
        and (
            (
                published.topic = 'project'
                and published.item in ('total', 'income', 'item', 'class')
                and published.claim_kind in ('amount', 'completion')
            )
            or (
                published.topic = 'performance'
                and published.item in ('project_score', 'project_grade')
                and published.claim_kind in ('score', 'grade')
                and published.item_label <> ''
            )
        )

),

named as (

    select
        *,
        {{ loose_name('project_name') }} as project_key,
        topic = 'project' and item = 'total' and claim_kind = 'amount' and role = 'actual'
            as is_actual,
        topic = 'project'
        and item = 'total'
        and claim_kind = 'amount'
        and role in ('budget', 'adjusted_budget', 'opening_budget') as is_budget
    from claims

),

projects as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        project_key,
        arg_min(project_name, claim_index) as project_name,
        max(claim_value) filter (where is_actual) as actual_yuan,
        {{ of_largest('claim_id') }} filter (where is_actual) as actual_claim_id,
        -- The adjusted budget is the one that completion is of.
        arg_min(
            claim_value,
            (list_position(['adjusted_budget', 'budget', 'opening_budget'], role), claim_index)
        ) filter (where is_budget) as budget_yuan,
        arg_min(
            claim_id,
            (list_position(['adjusted_budget', 'budget', 'opening_budget'], role), claim_index)
        ) filter (where is_budget) as budget_claim_id,
        max(claim_value) filter (where item = 'income') as income_yuan,
        arg_min(claim_value, claim_index) filter (where claim_kind = 'completion')
            as completion_percent,
        arg_min(claim_value, claim_index) filter (where claim_kind = 'score') as score,
        arg_min(value_text, claim_index) filter (where claim_kind = 'grade') as grade_text,
        first(claim_id order by claim_index) as claim_id,
        arg_min(claim_id, claim_index) filter (where claim_kind = 'completion')
            as completion_claim_id,
        arg_min(claim_id, claim_index) filter (where claim_kind = 'score') as score_claim_id,
        arg_min(claim_id, claim_index) filter (where claim_kind = 'grade') as grade_claim_id
    from named
    where not is_part
    group by document_id, body_id, fiscal_year, kind, scope, project_key

),

parts as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        project_name,
        item_label as economic_label,
        economic_code,
        claim_value as amount_yuan,
        claim_id,
        unit as printed_unit,
        printed_scale
    from named
    where is_part and claim_kind = 'amount' and {{ role_rank('kind', 'role') }} is not null
    qualify row_number() over (
            partition by document_id, project_name, item_label
            order by {{ role_rank('kind', 'role') }}, claim_index
        ) = 1

),

-- Final accounts tell what a project cost, budgets what it is to cost; the other stands in where
-- this is not stated.
chosen as (

    select
        projects.*,
        amounts.claim_id as amount_claim_id,
        amounts.claim_value as amount_yuan,
        amounts.unit as printed_unit,
        amounts.printed_scale
    from projects
    left join named as amounts
        on
            amounts.claim_id = if(
                projects.kind = 'budget',
                coalesce(projects.budget_claim_id, projects.actual_claim_id),
                coalesce(projects.actual_claim_id, projects.budget_claim_id)
            )

),

-- What classes are called: in reference lists, which are not complete, and in the document's other
-- forms.
class_names as (

    select
        figures.document_id,
        figures.row_code,
        {{ loose_name('figures.row_label') }} as loose_name
    from {{ ref('int_figures__published') }} as figures
    where figures.form_family <> 'project' and starts_with(figures.row_code, '2')
    union
    select
        figures.document_id,
        known.code as row_code,
        known.loose_name
    from {{ ref('int_figures__published') }} as figures
    inner join {{ ref('int_function_names__known') }} as known on figures.row_code = known.code
    where figures.form_family = 'project'

),

form_rows as (

    select
        figures.*,
        starts_with(figures.row_code, '2') as has_function,
        class_names.row_code is not null as is_named_so,
        figures.row_index
        = min(figures.row_index) over (
            partition by figures.document_id, figures.form, figures.row_code
        ) as is_first,
        sum(figures.amount_yuan) over (
            partition by figures.document_id, figures.form, figures.row_code
        ) as of_code_yuan,
        max(figures.amount_yuan) filter (where figures.line = 'total') over (
            partition by figures.document_id, figures.form
        ) as total_yuan
    from {{ ref('int_figures__published') }} as figures
    left join class_names
        on
            figures.document_id = class_names.document_id
            and figures.row_code = class_names.row_code
            and {{ loose_name('figures.row_label') }} = class_names.loose_name
    where figures.form_family = 'project' and figures.measure = 'total'

),

-- Forms whose every code first prints what its other rows add up to, and these the total.
forms_in_classes as (

    select
        document_id,
        form
    from form_rows
    where has_function
    group by document_id, form
    having
        bool_and(2 * amount_yuan = of_code_yuan) filter (where is_first)
        and sum(amount_yuan) filter (where is_first) = max(total_yuan)

),

named_rows as (

    select
        form_rows.*,
        form_rows.is_named_so
        or (form_rows.is_first and forms_in_classes.form is not null) as is_class
    from form_rows
    left join forms_in_classes
        on
            form_rows.document_id = forms_in_classes.document_id
            and form_rows.form = forms_in_classes.form

),

-- Beside a class a project has a name that is not the class's: behind it in its row, or in a row of
-- its own that repeats the code.
coded_rows as (

    select
        *,
        has_function
        and not is_class
        and (
            ends_with(row_path, '/' || row_label)
            or bool_or(is_class) over (partition by document_id, form, row_code)
        ) as is_coded_project,
        min(row_index) filter (where has_function) over (partition by document_id, form)
            as first_coded_index
    from named_rows

),

-- Units head their projects without a code: those above all classes where projects have codes, and
-- the only one, of all the money, where they have none.
headed_rows as (

    select
        *,
        row_code = '' and line <> 'total' and row_index < first_coded_index as is_head,
        bool_or(is_coded_project) over of_form as has_coded_projects,
        bool_or(is_head) over of_form as has_head,
        bool_or(row_code = '' and line <> 'total' and row_index > first_coded_index) over of_form
            as has_items
    from coded_rows
    window of_form as (partition by document_id, form)

),

printed as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        row_label as project_name,
        {{ loose_name('row_label') }} as project_key,
        amount_yuan,
        figure_id,
        printed_unit,
        printed_scale
    from headed_rows
    where
        line <> 'total'
        and (
            is_coded_project
            or (
                row_code = ''
                and not coalesce(
                    (has_head and has_coded_projects)
                    or (is_head and has_items and amount_yuan = total_yuan),
                    false
                )
            )
        )
    -- What is of all money says more of a project than what is of one fund.
    qualify row_number() over (
            partition by document_id, project_key
            order by form_basis <> 'all_funds', form, row_index
        ) = 1

)

select
    coalesce(printed.document_id, projects.document_id) as document_id,
    coalesce(printed.body_id, projects.body_id) as body_id,
    coalesce(printed.fiscal_year, projects.fiscal_year) as fiscal_year,
    coalesce(printed.kind, projects.kind) as kind,
    coalesce(printed.scope, projects.scope) as scope,
    if(printed.figure_id is null, 'prose', 'form') as source,
    coalesce(printed.project_name, projects.project_name) as project_name,
    '' as economic_label,
    null as economic_code,
    coalesce(printed.amount_yuan, projects.amount_yuan) as amount_yuan,
    projects.income_yuan,
    projects.completion_percent,
    projects.claim_id,
    projects.completion_claim_id,
    printed.figure_id,
    coalesce(printed.printed_unit, projects.printed_unit) as printed_unit,
    coalesce(printed.printed_scale, projects.printed_scale) as printed_scale,
    case
        when coalesce(printed.kind, projects.kind) = 'budget' and printed.figure_id is not null
            then printed.amount_yuan
        else projects.budget_yuan
    end as budget_yuan,
    case
        when
            coalesce(printed.kind, projects.kind) = 'final_accounts'
            and printed.figure_id is not null
            then printed.amount_yuan
        else projects.actual_yuan
    end as actual_yuan,
    projects.score,
    projects.grade_text,
    projects.amount_claim_id,
    projects.score_claim_id,
    projects.grade_claim_id
from printed
full join chosen as projects
    on
        printed.document_id = projects.document_id
        and printed.project_key = projects.project_key
union all
select
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    'prose' as source,
    project_name,
    economic_label,
    nullif(economic_code, '') as economic_code,
    amount_yuan,
    null as income_yuan,
    null as completion_percent,
    claim_id,
    null as completion_claim_id,
    null as figure_id,
    printed_unit,
    printed_scale,
    null as budget_yuan,
    null as actual_yuan,
    null as score,
    null as grade_text,
    claim_id as amount_claim_id,
    null as score_claim_id,
    null as grade_claim_id
from parts
