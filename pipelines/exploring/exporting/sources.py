"""Which files the numbers come from, where these were published, and whether facts count them.

Knows ``marts.dim_documents`` and the files of the latest run that are no document. Does not judge:
dbt says what is counted, and this page says in words why not.
"""

from pipelines.domain.languages import Language
from pipelines.exploring.exporting.tables import Column

COLUMNS = tuple(
    Column(name, data_type)
    for name, data_type in (
        ("file_name", "VARCHAR"),
        ("file_path", "VARCHAR"),
        ("department_name", "VARCHAR"),
        ("region_name", "VARCHAR"),
        ("fiscal_year", "INTEGER"),
        ("kind", "VARCHAR"),
        ("scope", "VARCHAR"),
        ("is_counted", "BOOLEAN"),
        ("reason", "VARCHAR"),
        ("announcement_title", "VARCHAR"),
        ("url", "VARCHAR"),
        ("site", "VARCHAR"),
        ("published_date", "DATE"),
        ("first_seen_at", "TIMESTAMP"),
        ("file_kind", "VARCHAR"),
        ("page_count", "INTEGER"),
        ("figure_count", "INTEGER"),
        ("sha256", "VARCHAR"),
        ("document_id", "VARCHAR"),
    )
)
# In the order in which they are asked: the first that holds is the reason.
REASONS = {
    Language.ZH: {
        "counted": "计入",
        "template": "不计入：空白模板",
        "unidentified": "不计入：未载明部门（单位）或年度",
        "quarantined": "不计入：勾稽不成立，且未经二次读取证实，已隔离",
        "superseded": "不计入：在原地址已由新文件取代",
        "other": "不计入：同一公开内容以另一份文件为准：",
        "rejected": "未能读取：",
    },
    Language.EN: {
        "counted": "counted",
        "template": "not counted: a blank template",
        "unidentified": "not counted: it does not say whose it is, or of which year",
        "quarantined": "not counted: it fails a check, and no second reading confirms the print",
        "superseded": "not counted: a newer file took its place at its address",
        "other": "not counted: another file of the same disclosure counts: ",
        "rejected": "not read: ",
    },
}
SOURCES = """
    select
        documents.file_name,
        documents.file_path,
        documents.department_name,
        documents.region_name,
        documents.fiscal_year,
        documents.kind,
        documents.scope,
        coalesce(documents.is_counted, false) as is_counted,
        case
            when documents.is_counted then $counted
            when documents.is_template then $template
            when not documents.is_identified then $unidentified
            when documents.is_quarantined then $quarantined
            when documents.superseded_by_document_id is not null then $superseded
            else $other || counted.file_name
        end as reason,
        documents.announcement_title,
        documents.url,
        documents.site,
        documents.published_date,
        documents.first_seen_at,
        documents.file_kind,
        documents.page_count,
        documents.figure_count,
        documents.sha256,
        documents.document_id
    from marts.dim_documents as documents
    left join marts.dim_documents as counted
        on documents.preferred_document_id = counted.document_id
    union all
    select
        file_name, file_path, '', '', null, '', '', false, $rejected || message, null, null, null,
        null, null, null, null, null, sha256, sha256[:16]
    from staging.files
    where status = 'rejected'
    order by region_name, department_name, fiscal_year, kind, scope, file_name, document_id
"""
