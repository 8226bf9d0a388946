"""Sentences of the narrative, by wording family, with named places for the values.

Knows words only. A place such as ``{procurement.goods}`` is filled by name; every place whose
name begins with ``procurement.`` or ``assets.`` is a claim.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.forge.styles import NarrativeFamily


@dataclass(frozen=True, slots=True)
class Wording:
    """One family of sentences.

    Attributes:
        trims_zeros: Whether 27.00 is written 27.
        lists_everything: Whether sources and kinds without money are named too.
        names_every_vehicle: Whether vehicle types with none are named.
        micro_base: What the share of small and micro enterprises is a share of.
    """

    trims_zeros: bool
    lists_everything: bool
    names_every_vehicle: bool
    micro_base: str
    totals: str
    income: str
    spending: str
    appropriation: str
    general: str
    structure: str
    item: str
    basic: str
    three_public_total: str
    three_public_item: str
    counts: str
    agency: str
    no_agency: str
    procurement: str
    procurement_shares: str
    vehicles: str
    equipment: str
    fund: str
    no_fund: str


COUNTY = Wording(
    trims_zeros=True,
    lists_everything=True,
    names_every_vehicle=True,
    micro_base="procurement.total",
    totals="{year}年度收入总计、支出总计均为{grand_total}万元。同{prior_year}年相比，{grand_change}。",
    income="{year}年度收入合计{income}万元，其中：{income_sources}。",
    spending="{year}年度支出合计{spending}万元，其中：{spending_kinds}。",
    appropriation="{year}年度财政拨款收入、支出总计均为{appropriation}万元。同{prior_year}年相比，"
    "{appropriation_change}。",
    general="{year}年度一般公共预算财政拨款支出{general}万元，占支出合计的{general_share}%。"
    "同{prior_year}年相比，{general_change}。",
    structure="按功能分类划分：{classes}。",
    item="年初预算安排{item_budget}万元，决算支出{item_actual}万元{item_rate}。",
    basic="{year}年度一般公共预算财政拨款基本支出{basic}万元，由两部分构成：人员经费{personnel}万元，"
    "主要用于{personnel_names}；公用经费{public}万元，主要用于{public_names}。",
    three_public_total="{year}年度“三公”经费全年预算{three_public_budget}万元，决算"
    "{three_public_actual}万元{three_public_rate}。",
    three_public_item="{item_name}全年预算{item_budget}万元，决算{item_actual}万元{item_rate}。",
    counts="全年因公出国（境）团组{delegations}个，共{travellers}人次；购置公务用车{bought}辆，年末由财政"
    "拨款负担的公务用车{kept}辆；接待来访{receptions}批次，共{guests}人次。",
    agency="{year}年度机关运行经费支出{public}万元，{agency_change}。",
    no_agency="本单位为事业单位，不涉及机关运行经费。",
    procurement="{year}年度本部门政府采购支出总额{procurement.total}万元，分别为：政府采购货物支出"
    "{procurement.goods}万元、政府采购工程支出{procurement.works}万元、政府采购服务支出"
    "{procurement.services}万元。",
    procurement_shares="全年授予中小企业合同金额{procurement.sme}万元，占政府采购支出总额的"
    "{procurement.sme_share}%；其中授予小微企业合同金额{procurement.micro}万元，占政府采购支出总额的"
    "{procurement.micro_share}%。",
    vehicles="到{year}年12月31日为止，本部门共有车辆{assets.vehicles.total}辆，包括：{vehicle_types}。",
    equipment="另有单位价值50万元以上通用设备{assets.equipment.general_500k}台（套），单位价值100万元以上"
    "专用设备{assets.equipment.special_1m}台（套）。",
    fund="{year}年度{fund_name}支出{fund_spent}万元，年末结转和结余{fund_closing}万元。",
    no_fund="{year}年度本部门无{fund_name}收支。",
)

MINISTRY = Wording(
    trims_zeros=False,
    lists_everything=True,
    names_every_vehicle=False,
    micro_base="procurement.sme",
    totals="{name}{year}年度收支总计{grand_total}万元，比上年{grand_change}。",
    income="本年收入合计{income}万元。按来源看，{income_sources}。",
    spending="本年支出合计{spending}万元。按用途看，{spending_kinds}。",
    appropriation="{year}年度财政拨款收支总计{appropriation}万元，比上年{appropriation_change}。",
    general="{year}年度一般公共预算财政拨款支出{general}万元，占本年支出合计的{general_share}%，比上年"
    "{general_change}。",
    structure="支出用于以下方面：{classes}。",
    item="年初预算为{item_budget}万元，支出决算为{item_actual}万元{item_rate}。",
    basic="{year}年度一般公共预算财政拨款基本支出{basic}万元。其中，人员经费{personnel}万元，包括"
    "{personnel_items}；公用经费{public}万元，包括{public_items}。",
    three_public_total="{year}年度财政拨款“三公”经费支出预算为{three_public_budget}万元，支出决算为"
    "{three_public_actual}万元{three_public_rate}，比上年{three_public_change}。",
    three_public_item="{item_name}预算{item_budget}万元，支出{item_actual}万元{item_rate}。",
    counts="本年组织因公出国（境）团组{delegations}个，参加{travellers}人次；更新购置公务用车{bought}辆，"
    "12月31日公务用车保有量{kept}辆；国内公务接待{receptions}批次、{guests}人次。",
    agency="本部门{year}年度机关运行经费支出{public}万元，比上年{agency_change}。",
    no_agency="本单位不属于机关，未发生机关运行经费支出。",
    procurement="{year}年度政府采购支出总额{procurement.total}万元，其中：政府采购货物支出"
    "{procurement.goods}万元，政府采购工程支出{procurement.works}万元，政府采购服务支出"
    "{procurement.services}万元。",
    procurement_shares="授予中小企业合同金额为{procurement.sme}万元，占政府采购支出总额的"
    "{procurement.sme_share}%，其中授予小微企业合同金额为{procurement.micro}万元，占授予中小企业合同金额的"
    "{procurement.micro_share}%。",
    vehicles="{year}年12月31日，本部门共有车辆{assets.vehicles.total}辆{vehicle_types}。",
    equipment="单价100万元（含）以上设备（不含车辆）{assets.equipment.over_1m}台（套）。",
    fund="{year}年度{fund_name}支出{fund_spent}万元，年末结转和结余{fund_closing}万元。",
    no_fund="{year}年度未安排{fund_name}支出。",
)

METROPOLITAN = Wording(
    trims_zeros=False,
    lists_everything=False,
    names_every_vehicle=True,
    micro_base="procurement.total",
    totals="{name}{year}年度收入支出总计{grand_total}万元，与{prior_year}年度相比{grand_change}。",
    income="{year}年度收入合计{income}万元，包括：{income_sources}。",
    spending="{year}年度支出合计{spending}万元，包括：{spending_kinds}。",
    appropriation="{year}年度财政拨款收入支出总计{appropriation}万元，与{prior_year}年度相比"
    "{appropriation_change}。",
    general="{year}年度一般公共预算财政拨款支出{general}万元，占本年支出合计的{general_share}%，与"
    "{prior_year}年度相比{general_change}。",
    structure="分类情况如下：{classes}。",
    item="年初预算{item_budget}万元，支出决算{item_actual}万元{item_rate}，主要用于履行本部门职责。",
    basic="{year}年度一般公共预算财政拨款基本支出{basic}万元，包括人员经费和公用经费。人员经费"
    "{personnel}万元，列支{personnel_names}；公用经费{public}万元，列支{public_names}。",
    three_public_total="{year}年度“三公”经费财政拨款预算{three_public_budget}万元，支出决算"
    "{three_public_actual}万元{three_public_rate}，与{prior_year}年度相比{three_public_change}。",
    three_public_item="{item_name}：预算{item_budget}万元，支出决算{item_actual}万元{item_rate}。",
    counts="其中因公出国（境）团组{delegations}个、{travellers}人次；购置公务用车{bought}辆，年末公务用车"
    "保有量{kept}辆；国内公务接待{receptions}批次{guests}人次。",
    agency="{year}年度机关运行经费支出{public}万元，与{prior_year}年度相比{agency_change}。",
    no_agency="本单位非机关单位，无机关运行经费。",
    procurement="{year}年度本部门政府采购支出总额{procurement.total}万元（以合同签订金额为准），其中：货物"
    "{procurement.goods}万元，工程{procurement.works}万元，服务{procurement.services}万元。",
    procurement_shares="其中授予中小企业合同金额{procurement.sme}万元，占政府采购支出总额的"
    "{procurement.sme_share}%；授予小微企业合同金额{procurement.micro}万元，占政府采购支出总额的"
    "{procurement.micro_share}%。",
    vehicles="截至{year}年12月31日，本部门车辆共计{assets.vehicles.total}辆，其中{vehicle_types}。",
    equipment="单价100万元（含）以上设备（不含车辆）{assets.equipment.over_1m}台（套）。",
    fund="{year}年度{fund_name}支出{fund_spent}万元，年末结转和结余{fund_closing}万元。",
    no_fund="本部门{year}年度没有{fund_name}收支。",
)

WORDINGS: Mapping[NarrativeFamily, Wording] = {
    NarrativeFamily.COUNTY: COUNTY,
    NarrativeFamily.MINISTRY: MINISTRY,
    NarrativeFamily.METROPOLITAN: METROPOLITAN,
}

GLOSSARY = (
    "财政拨款收入：当年由本级财政安排给部门使用的资金。",
    "事业收入：事业单位开展业务活动取得的收入。",
    "年初结转和结余：上年没有用完、按规定留到本年继续使用的资金。",
    "基本支出：为维持机构日常运转而发生的人员和公用开支。",
    "项目支出：基本支出以外，为完成特定任务发生的开支。",
    "“三公”经费：由财政拨款负担的出国（境）、公车、接待三类开支。",
    "机关运行经费：行政机关和参公单位购买货物、服务所用的公用经费。",
)
