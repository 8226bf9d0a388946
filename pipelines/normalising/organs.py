"""One name for one organ: parties and people's organisations print theirs long or short.

Knows how the long names are shortened. Does not know departments, divisions or documents.
"""

import re

# Long name, short name.
_ORGANISATIONS = {
    "中国共产党": "中共",
    "中国共产主义青年团": "共青团",
    "中国国民党革命委员会": "民革",
    "中国民主同盟": "民盟",
    "中国民主建国会": "民建",
    "中国民主促进会": "民进",
    "中国农工民主党": "农工党",
    "中国致公党": "致公党",
    "台湾民主自治同盟": "台盟",
    "中国人民政治协商会议": "政协",
}
_SHORT_NAMES = (*_ORGANISATIONS.values(), "九三学社")
_LONG_NAME = re.compile(f"^({'|'.join(_ORGANISATIONS)})")
# State bodies that print whose they are before the place they work in.
_BEFORE_THE_PLACE = re.compile(
    rf"^({'|'.join((*_ORGANISATIONS, *_SHORT_NAMES))}|中国人民解放军|中国人民武装警察部队"
    r"|中华人民共和国|国家税务总局|国家统计局|国家金融监督管理总局|中国红十字会)"
)
_PLACE = r"\D{1,25}?(?:省|市|县|区|州|盟|旗|镇|乡|街道|兵团)"
# 委 before 员 begins 委员, not a committee; the 政协's own committee keeps its full name.
_COMMITTEE = re.compile(
    rf"^(?P<organisation>{'|'.join(name for name in _SHORT_NAMES if name != '政协')})"
    rf"(?P<place>{_PLACE})(?:委员会|委会|委(?!员))(?P<organ>.*)$"
)
# The organs of a party committee; with its place before it this names the committee's, 中共 or no.
_UNPREFIXED = re.compile(
    r"^(?P<place>\D{1,25}?[省市县区州盟旗])委(?P<organ>(办公[室厅]|组织部|宣传部|统战部|统一战线工作部"
    r"|社会工作部|政法委|政法委员会|党校|老干部局|巡察工作领导小组办公室|机构编制委员会办公室|编办"
    r"|网络安全和信息化委员会办公室|网信办|政策研究室|党史研究室).*)$"
)
_SHORTER = (
    (re.compile(r"纪律检查委员会"), "纪委"),
    (re.compile(r"政法委员会(?=$|机关$|\()"), "政法委"),
    (re.compile(r"工作委员会(?=$|机关$|\()"), "工委"),
    (re.compile(r"统一战线工作部(?=$|\()"), "统战部"),
)


def canonical_name(name: str) -> str:
    """Write an organ's name the short way; other names stay as they are.

    Examples:
        >>> canonical_name("中国共产党长沙市委员会组织部")
        '中共长沙市委组织部'
        >>> canonical_name("长沙市委组织部")
        '中共长沙市委组织部'
        >>> canonical_name("中国共产主义青年团长沙市委员会")
        '共青团长沙市委'
        >>> canonical_name("长沙市发展和改革委员会")
        '长沙市发展和改革委员会'
    """
    short = _LONG_NAME.sub(lambda long: _ORGANISATIONS[long.group()], name)
    committee = _COMMITTEE.match(short)
    if committee:
        short = f"{committee['organisation']}{committee['place']}委{committee['organ']}"
    elif not short.startswith(_SHORT_NAMES):
        unprefixed = _UNPREFIXED.match(short)
        short = f"中共{short}" if unprefixed else short
    return _shorten_organ(short) if short.startswith("中共") else short


def _shorten_organ(name: str) -> str:
    for long, short in _SHORTER:
        name = long.sub(short, name)
    return name


def from_its_place(name: str) -> str:
    """Cut off what stands before the place in a name that begins with an organisation.

    Examples:
        >>> from_its_place("中共长沙市委组织部")
        '长沙市委组织部'
        >>> from_its_place("国家税务总局长沙市税务局")
        '长沙市税务局'
        >>> from_its_place("长沙市审计局")
        '长沙市审计局'
    """
    return _BEFORE_THE_PLACE.sub("", name) or name
