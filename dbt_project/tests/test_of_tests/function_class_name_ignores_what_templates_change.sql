-- Catches: a printed name of a 类 that would no longer match its code because of an ordinal, a
-- bracket or (类), and a name that is cut too short.
-- Lets pass: names the lists do not know; the identity that needs them says so.
-- From: templates that renumber (七、 is 卫生健康 in one and 文化旅游 in another), and 一般公共服务,
-- which begins with a numeral that is no ordinal.
with

cases (printed, expected_name) as (
    values
    ('七、卫生健康支出', '卫生健康'),
    ('二十六、抗疫特别国债安排的支出', '抗疫特别国债安排的'),
    ('（一）一般公共服务支出', '一般公共服务'),
    ('一般公共服务支出', '一般公共服务'),
    ('一、一般公共服务支出（类）', '一般公共服务'),
    ('8.社会保障和就业支出', '社会保障和就业'),
    ('二十三、其他支出', '其他'),
    ('预 备 费', '预备费')
)

select
    printed,
    expected_name,
    {{ function_class_name('printed') }} as class_name
from cases
where {{ function_class_name('printed') }} <> expected_name
