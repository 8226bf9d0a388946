"""The two languages that people are answered in."""

from collections.abc import Mapping
from enum import StrEnum

# The order in which a system's variables are asked, as gettext asks them.
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Language(StrEnum):
    """A language of labels, messages and pages."""

    ZH = "zh"
    EN = "en"


def language_of_locale(environment: Mapping[str, str]) -> Language:
    """The language of a system's locale: Chinese where it is Chinese, English otherwise.

    Examples:
        >>> language_of_locale({"LANG": "zh_CN.UTF-8"})
        <Language.ZH: 'zh'>
        >>> language_of_locale({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}), language_of_locale({})
        (<Language.EN: 'en'>, <Language.EN: 'en'>)
    """
    named = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    return Language.ZH if named.lower().startswith("zh") else Language.EN
