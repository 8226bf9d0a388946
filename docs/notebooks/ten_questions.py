"""Ten questions to a warehouse of disclosed budgets and final accounts, with charts and pages.

Run it as a page with ``marimo run docs/notebooks/ten_questions.py``, or take it apart with
``marimo edit``. It reads the warehouse of the settings (``JUESUAN_WAREHOUSE``) and changes nothing.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="十个问题 Ten questions")

with app.setup:
    import altair as alt
    import duckdb
    import marimo as mo
    import pandas as pd
    import pyarrow as pa

    from pipelines.settings import load_settings


@app.cell(hide_code=True)
def _():
    mo.md("""
    # 十个问题 Ten questions

    部门预算与部门决算的仓库能回答什么。每个数字都注明印在哪份文件、哪一页；金额一律为元，图中为万元。
    只读打开仓库，不作任何改动。

    What a warehouse of disclosed budgets and final accounts can answer. Every number says in which
    file and on which page it is printed. Amounts are in yuan, in charts in 万元 (10,000 yuan). The
    warehouse is opened for reading only.
    """)
    return


@app.cell
def _():
    warehouse = load_settings().warehouse
    return (warehouse,)


@app.cell
def _(warehouse):
    connection = duckdb.connect(str(warehouse), read_only=True)
    # Where anything printed stands, and what a canonical name is called. Both vanish with the
    # connection.
    connection.execute(
        """
        create temp view places as
        select
            figure_id as printed_id, file_name, coalesce('第' || page || '页', cell_path) as place
        from marts.fct_disclosed_figures
        union all
        select claim_id, file_name, coalesce('第' || page || '页', cell_path)
        from marts.fct_narrative_claims;

        create temp view facts_of as
        select
            documents.document_id,
            -- A department and its own accounts often have one name.
            bodies.body_name || if(bodies.scope = 'unit', '（单位 unit）', '') as body,
            documents.region_name as region,
            disclosures.adds_up
        from marts.dim_documents as documents
        left join marts.dim_bodies as bodies on documents.body_id = bodies.body_id
        left join marts.dim_disclosures as disclosures
            on documents.document_id = disclosures.document_id;

        create temp macro called(of_kind, name) as coalesce(
            (
                select labels.zh || ' ' || labels.en
                from marts.dim_labels as labels
                where labels.kind = of_kind and labels.key = name
            ),
            name
        );
        """
    )

    def ask(query: str) -> pd.DataFrame:
        """The rows of a query; amounts stay decimals."""
        return connection.sql(query).to_arrow_table().to_pandas(types_mapper=pd.ArrowDtype)

    def drawn(answer: pd.DataFrame, *in_wan: str) -> pd.DataFrame:
        """The same for a chart, which knows no decimals; these amounts in 万元."""
        decimals = [
            name for name, kind in answer.dtypes.items() if pa.types.is_decimal(kind.pyarrow_dtype)
        ]
        numbers = answer.astype(dict.fromkeys(decimals, "float64"))
        return numbers.assign(**{name: numbers[name] / 10_000 for name in in_wan})

    def shown(answer: pd.DataFrame) -> mo.ui.table:
        """The same as a table: amounts with separators, years without."""
        formats = {
            name: "{:,.2f}".format if pa.types.is_decimal(kind.pyarrow_dtype) else "{}".format
            for name, kind in answer.dtypes.items()
            if not pa.types.is_string(kind.pyarrow_dtype)
        }
        return mo.ui.table(
            answer,
            selection=None,
            show_column_summaries=False,
            show_data_types=False,
            format_mapping=formats,
        )

    return ask, drawn, shown


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 1. 谁的“三公”经费超了预算，印在哪一页？ Who overspent, and on which page?

    超支多者在前；“超支”不为正者未超预算，列在其后。图中为前十二项。

    The three public expenses, the largest overspending first; where “over” is not positive the
    budget was kept. The chart shows the first twelve.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    overspent = ask(
        """
        select
            facts_of.body as "部门 body",
            facts.fiscal_year as "年度 year",
            called('item', facts.item) as "项目 item",
            facts.budget_yuan as "预算 budget",
            facts.actual_yuan as "决算 actual",
            facts.actual_yuan - facts.budget_yuan as "超支 over",
            called('status', facts.budget_status) as "预算状态 budget status",
            called('status', facts.actual_status) as "决算状态 actual status",
            budgeted.place as "预算印在 budget at",
            spent.place as "决算印在 actual at",
            spent.file_name as "文件 file"
        from marts.fct_three_public_expenses as facts
        inner join facts_of on facts.document_id = facts_of.document_id
        left join places as budgeted
            on coalesce(facts.budget_figure_id, facts.budget_claim_id) = budgeted.printed_id
        left join places as spent
            on coalesce(facts.actual_figure_id, facts.actual_claim_id) = spent.printed_id
        where
            facts.kind = 'final_accounts'
            and (facts.actual_yuan <> 0 or facts.budget_yuan <> 0)
            and facts.actual_yuan is not null
            and facts.budget_yuan is not null
        order by "超支 over" desc, "部门 body", "年度 year", "项目 item"
        """
    )
    mo.vstack(
        [
            alt.Chart(
                drawn(overspent.head(12), "预算 budget", "决算 actual"), title="预算与决算，万元"
            )
            .transform_fold(["预算 budget", "决算 actual"], as_=["which", "amount"])
            .transform_calculate(
                what="datum['部门 body'] + ' ' + datum['年度 year'] + ' ' + datum['项目 item']"
            )
            .mark_bar()
            .encode(
                x=alt.X("amount:Q", title="万元"),
                y=alt.Y("which:N", title=None, axis=alt.Axis(labelLimit=360)),
                color=alt.Color("which:N", title=None),
                row=alt.Row(
                    "what:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left")
                ),
            ),
            shown(overspent),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 2. 谁的支出增长最快？ Whose spending grew fastest?

    同一主体前后两年决算的支出合计。

    Total expenditure in the final accounts of two years, of one body.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    growth = ask(
        """
        with

        totals as (
            select facts.body_id, facts_of.body, facts.fiscal_year, facts.amount_yuan, places.*
            from marts.fct_expenditure_by_function as facts
            inner join facts_of on facts.document_id = facts_of.document_id
            left join places on coalesce(facts.figure_id, facts.claim_id) = places.printed_id
            where
                facts.kind = 'final_accounts'
                and facts.basis = 'all_funds'
                and facts.component = 'total'
                and facts.level = 'total'
        )

        select
            later.body as "部门 body",
            later.fiscal_year as "年度 year",
            earlier.amount_yuan as "上年 before",
            later.amount_yuan as "本年 now",
            round(100 * (later.amount_yuan / earlier.amount_yuan - 1), 2) as "增长% growth",
            earlier.place as "上年印在 before at",
            later.place as "本年印在 now at",
            earlier.file_name as "上年文件 file before",
            later.file_name as "本年文件 file now"
        from totals as later
        inner join totals as earlier
            on later.body_id = earlier.body_id and later.fiscal_year = earlier.fiscal_year + 1
        where earlier.amount_yuan > 0
        order by "增长% growth" desc, "部门 body", "年度 year"
        """
    )
    mo.vstack(
        [
            alt.Chart(drawn(growth), title="增长 growth, %")
            .mark_bar()
            .encode(
                x=alt.X("增长% growth:Q", title="%"),
                y=alt.Y("部门 body:N", sort="-x", title=None, axis=alt.Axis(labelLimit=360)),
                color=alt.condition(
                    "datum['增长% growth'] > 0", alt.value("#c0392b"), alt.value("#2e7d5b")
                ),
            ),
            shown(growth),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 3. 人均、车均花了多少？ What did it cost a head, and a car?

    接待费除以接待人次，出国费除以出国人数，车辆运行费除以车辆数；载明编制与在职人数的，另算人均基本支出。
    人数与车数取自文字说明。

    Reception by guests, journeys by travellers, running costs by vehicles; and, where staff is
    stated, basic expenditure by staff. The counts are those of the prose.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    per_head = ask(
        """
        with

        counted as (
            select
                document_id, fiscal_year, item as thing, actual_yuan as amount_yuan,
                coalesce(actual_figure_id, actual_claim_id) as amount_id,
                cast(
                    if(item = 'vehicle_operation', vehicle_count, person_count) as decimal(24, 6)
                ) as heads,
                if(item = 'vehicle_operation', vehicle_claim_id, person_claim_id) as heads_id
            from marts.fct_three_public_expenses
            where
                kind = 'final_accounts'
                and item in ('reception', 'overseas', 'vehicle_operation')
            union all
            select
                spent.document_id, spent.fiscal_year, 'basic', spent.value,
                coalesce(spent.figure_id, spent.claim_id), staff.value, staff.claim_id
            from marts.fct_key_measures as spent
            inner join marts.fct_key_measures as staff
                on spent.document_id = staff.document_id and staff.key_measure = 'staff'
            where spent.kind = 'final_accounts' and spent.key_measure = 'basic'
        )

        select
            facts_of.body as "部门 body",
            counted.fiscal_year as "年度 year",
            if(
                counted.thing = 'basic',
                called('component', counted.thing), called('item', counted.thing)
            ) as "项目 item",
            counted.amount_yuan as "金额 amount",
            counted.heads as "人、车 heads",
            (counted.amount_yuan / counted.heads)::decimal(24, 2) as "每人、每车 a head",
            amounts.place as "金额印在 amount at",
            heads.place as "数量印在 count at",
            amounts.file_name as "文件 file"
        from counted
        inner join facts_of on counted.document_id = facts_of.document_id
        left join places as amounts on counted.amount_id = amounts.printed_id
        left join places as heads on counted.heads_id = heads.printed_id
        where counted.heads > 0
        order by "项目 item", "每人、每车 a head" desc, "部门 body", "年度 year"
        """
    )
    mo.vstack(
        [
            alt.Chart(drawn(per_head), title="元 yuan")
            .mark_point(filled=True, size=70)
            .encode(
                x=alt.X("每人、每车 a head:Q", title="元 yuan"),
                y=alt.Y("项目 item:N", title=None, axis=alt.Axis(labelLimit=360)),
                color=alt.Color("部门 body:N", title=None),
                tooltip=["部门 body", "年度 year", "每人、每车 a head"],
            ),
            shown(per_head),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 4. 政府采购有多少给了中小企业？ How much procurement went to small and medium enterprises?

    文中所述的占比，与由金额算出的占比。 The share as stated, and as it computes.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    procurement = ask(
        """
        select
            facts_of.body as "部门 body",
            sme.fiscal_year as "年度 year",
            whole.amount_yuan as "采购 procurement",
            sme.amount_yuan as "中小企业 to SMEs",
            round(100 * sme.amount_yuan / whole.amount_yuan, 2)::decimal(9, 2) as "算得% computed",
            sme.share_percent as "所述% stated",
            wholes.place as "采购印在 procurement at",
            shares.place as "中小企业印在 SMEs at",
            shares.file_name as "文件 file"
        from marts.fct_procurement as sme
        inner join marts.fct_procurement as whole
            on
                sme.document_id = whole.document_id
                and whole.item = 'total'
                and whole.item_label = ''
        inner join facts_of on sme.document_id = facts_of.document_id
        left join places as wholes
            on coalesce(whole.amount_figure_id, whole.amount_claim_id) = wholes.printed_id
        left join places as shares
            on coalesce(sme.amount_figure_id, sme.amount_claim_id) = shares.printed_id
        where sme.item = 'sme' and sme.kind = 'final_accounts' and whole.amount_yuan > 0
        order by "算得% computed" desc, "部门 body", "年度 year"
        """
    )
    mo.vstack(
        [
            alt.Chart(drawn(procurement), title="中小企业占比 share of SMEs, %")
            .mark_bar()
            .encode(
                x=alt.X("算得% computed:Q", title="%", scale=alt.Scale(domain=[0, 100])),
                y=alt.Y("部门 body:N", title=None, axis=alt.Axis(labelLimit=360)),
                row=alt.Row("年度 year:O", title=None),
            )
            .resolve_scale(y="independent"),
            shown(procurement),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 5. 有多少车辆和设备？ What do they own?

    国有资产占用情况，只列数量不为零者。

    Assets in use as the prose states them, without those of which there are none.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    assets = ask(
        """
        select
            facts_of.body as "部门 body",
            facts.fiscal_year as "年度 year",
            called('item', facts.asset_item) as "资产 asset",
            facts.asset_count as "数量 count",
            facts.printed_unit as "单位 unit",
            facts.value_yuan as "价值 value",
            places.place as "印在 at",
            places.file_name as "文件 file"
        from marts.fct_asset_holdings as facts
        inner join facts_of on facts.document_id = facts_of.document_id
        left join places on facts.claim_id = places.printed_id
        where not facts.is_planned and facts.asset_count > 0
        order by "部门 body", "年度 year", facts.asset_item
        """
    )
    mo.vstack(
        [
            alt.Chart(drawn(assets), title="数量 count")
            .mark_circle()
            .encode(
                x=alt.X("年度 year:O", title=None),
                y=alt.Y("资产 asset:N", title=None, axis=alt.Axis(labelLimit=360)),
                size=alt.Size("数量 count:Q", title=None),
                color=alt.Color("部门 body:N", title=None),
                tooltip=["部门 body", "年度 year", "资产 asset", "数量 count"],
            ),
            shown(assets),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 6. 一个地区合计花了多少，不重复计算？ What did a region spend, nothing counted twice?

    部门的数字已含所属单位。`dim_disclosures.adds_up` 为真者相加不会重复；
    `not_added_reason` 说明其余为何不计。

    A department's amounts include its units'. Disclosures with `dim_disclosures.adds_up` add up and
    nothing counts twice; `not_added_reason` says why the others are left out.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    regions = ask(
        """
        select
            facts_of.region as "地区 region",
            facts.fiscal_year as "年度 year",
            called('document_kind', facts.kind) as "类别 kind",
            sum(facts.amount_yuan) filter (where disclosures.adds_up) as "合计 added up",
            sum(facts.amount_yuan) as "重复相加 all of them",
            string_agg(
                facts_of.body || ' ' || coalesce(places.place, ''), '；' order by facts_of.body
            ) filter (where disclosures.adds_up) as "计入 counted, at",
            string_agg(
                facts_of.body || ' (' || disclosures.not_added_reason || ')', '；'
                order by facts_of.body
            ) filter (where not disclosures.adds_up) as "未计 left out, why"
        from marts.fct_expenditure_by_function as facts
        inner join marts.dim_disclosures as disclosures
            on facts.document_id = disclosures.document_id
        inner join facts_of on facts.document_id = facts_of.document_id
        left join places on coalesce(facts.figure_id, facts.claim_id) = places.printed_id
        where
            facts.basis = 'all_funds'
            and facts.component = 'total'
            and facts.level = 'total'
            and facts_of.region is not null
        group by facts_of.region, facts.fiscal_year, facts.kind
        order by "地区 region", "年度 year", "类别 kind"
        """
    )
    mo.vstack(
        [
            alt.Chart(
                drawn(regions, "合计 added up", "重复相加 all of them"),
                title="不重复的合计与一概相加，万元 added up, and all of them",
            )
            .transform_fold(["合计 added up", "重复相加 all of them"], as_=["which", "amount"])
            .mark_bar()
            .encode(
                x=alt.X("amount:Q", title="万元", stack=None),
                y=alt.Y("地区 region:N", title=None, axis=alt.Axis(labelLimit=360)),
                yOffset="which:N",
                color=alt.Color("which:N", title=None),
                row=alt.Row("年度 year:O", title=None),
            )
            .resolve_scale(y="independent"),
            shown(regions),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 7. 各项支出与年初预算差多少？ By function: how far is spending from its opening budget?

    各“项”的年初预算与决算，以及文中所述的原因。

    Opening budget and actual of each 项, and the reason that is stated.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    execution = ask(
        """
        select
            facts_of.body as "部门 body",
            facts.fiscal_year as "年度 year",
            facts.functional_code as "科目 code",
            facts.item_label as "名称 name",
            facts.opening_budget_yuan as "年初预算 budget",
            facts.actual_yuan as "决算 actual",
            facts.completion_percent as "完成% completed",
            facts.reason_text as "原因 reason",
            budgeted.place as "预算印在 budget at",
            spent.place as "决算印在 actual at",
            spent.file_name as "文件 file"
        from marts.fct_budget_execution as facts
        inner join facts_of on facts.document_id = facts_of.document_id
        left join places as budgeted on facts.opening_budget_claim_id = budgeted.printed_id
        left join places as spent
            on coalesce(facts.figure_id, facts.actual_claim_id) = spent.printed_id
        where
            facts.kind = 'final_accounts'
            and facts.level = 'xiang'
            and facts.opening_budget_yuan is not null
            and facts.actual_yuan is not null
        order by abs(facts.actual_yuan - facts.opening_budget_yuan) desc, "部门 body", "科目 code"
        """
    )
    mo.vstack(
        [
            alt.Chart(
                drawn(execution, "年初预算 budget", "决算 actual"), title="年初预算与决算，万元"
            )
            .mark_circle(size=60)
            .encode(
                x=alt.X(
                    "年初预算 budget:Q", title="年初预算 budget", scale=alt.Scale(type="symlog")
                ),
                y=alt.Y("决算 actual:Q", title="决算 actual", scale=alt.Scale(type="symlog")),
                color=alt.Color("部门 body:N", title=None),
                tooltip=["部门 body", "年度 year", "名称 name", "完成% completed"],
            ),
            shown(execution),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 8. 哪些数字有争议？ What is disputed?

    文件的表自相矛盾之处，差额大者在前，附最可能有误的数字及其应为何数。

    Where the tables of a document contradict each other, the largest difference first, with the
    likeliest culprit and what it should read.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    disputed = ask(
        """
        select
            department_name as "部门 body",
            fiscal_year as "年度 year",
            meaning_zh || ' ' || meaning_en as "应当 should be",
            printed_left as "左侧 left",
            printed_right as "右侧 right",
            difference_yuan as "差额 difference",
            culprits as "疑误 culprit",
            place as "印在 at",
            file_name as "文件 file"
        from marts.fct_discrepancies
        where level = 'violation' and conflict = 'forms' and is_counted
        order by abs(difference_yuan) desc nulls last, check_id
        """
    )
    statuses = ask(
        """
        select
            file_name as "文件 file",
            called('status', status) as "状态 status",
            count(*) as "数字 figures"
        from marts.fct_disclosed_figures
        group by file_name, status
        order by file_name, status
        """
    )
    mo.vstack(
        [
            alt.Chart(drawn(statuses), title="已证实与有争议的数字 figures by status")
            .mark_bar()
            .encode(
                x=alt.X("数字 figures:Q", stack="normalize", title=None),
                y=alt.Y("文件 file:N", title=None, axis=alt.Axis(labelLimit=360)),
                color=alt.Color("状态 status:N", title=None),
            ),
            shown(disputed),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 9. 文字与表格何处不一致？ Where do prose and tables disagree?
    """)
    return


@app.cell
def _(ask, drawn, shown):
    prose = ask(
        """
        select
            department_name as "部门 body",
            fiscal_year as "年度 year",
            called('level', level) as "程度 level",
            meaning_zh || ' ' || meaning_en as "应当 should be",
            printed_left as "左侧 left",
            printed_right as "右侧 right",
            difference_yuan as "差额 difference",
            sentence as "原句 sentence",
            place as "印在 at",
            file_name as "文件 file"
        from marts.fct_discrepancies
        where conflict = 'prose_forms'
        order by level desc, abs(difference_yuan) desc nulls last, check_id
        """
    )
    claims = ask(
        """
        select
            called('topic', topic) as "主题 topic",
            called('status', status) as "状态 status",
            count(*) as "陈述 statements"
        from marts.fct_narrative_claims
        group by topic, status
        order by topic, status
        """
    )
    mo.vstack(
        [
            alt.Chart(drawn(claims), title="文字陈述 statements of the prose")
            .mark_bar()
            .encode(
                x=alt.X("陈述 statements:Q", title=None),
                y=alt.Y("主题 topic:N", sort="-x", title=None, axis=alt.Axis(labelLimit=360)),
                color=alt.Color("状态 status:N", title=None),
            ),
            shown(prose),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 10. 数据有多可信？ How good are the data?

    每份文件读出多少、证实多少、缺什么。已证实指文件前后一致，并不说明钱确实这样花了。

    How much of each document is read, how much is proven, and what it lacks. Proven means that the
    document agrees with itself, not that the money was spent so.
    """)
    return


@app.cell
def _(ask, drawn, shown):
    quality = ask(
        """
        select
            quality.file_name as "文件 file",
            coalesce(facts_of.body, '') as "部门 body",
            quality.figure_count as "数字 figures",
            100 * quality.coverage_ratio as "读出% read",
            100 * quality.proven_ratio as "证实% proven",
            quality.disputed_count as "有争议 disputed",
            quality.violation_count as "矛盾 contradictions",
            quality.prose_coverage * 100 as "文字读出% prose read",
            quality.missing_forms as "缺表 missing forms",
            documents.page_count as "页数 pages",
            documents.is_counted as "计入 counted"
        from marts.fct_document_quality as quality
        inner join marts.dim_documents as documents on quality.document_id = documents.document_id
        left join facts_of on quality.document_id = facts_of.document_id
        order by "证实% proven", "文件 file"
        """
    )
    mo.vstack(
        [
            alt.Chart(drawn(quality), title="已证实的比例 share proven, %")
            .mark_bar()
            .encode(
                x=alt.X("证实% proven:Q", title="%"),
                y=alt.Y("文件 file:N", sort="x", title=None, axis=alt.Axis(labelLimit=360)),
                color=alt.Color("计入 counted:N", title="计入 counted"),
            ),
            shown(quality),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
