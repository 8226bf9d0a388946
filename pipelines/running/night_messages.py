"""Puts a night's news into words for the people who run the pipeline, in their language.

Knows what is worth a line, how many lines of a kind are enough, and what to do next. Does not know
what is news, nor who is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from pipelines.domain.languages import Language
from pipelines.domain.night_news import (
    Contradictions,
    NightNews,
    Share,
    ShareFall,
    StandingTrouble,
    Trouble,
    TroubleKind,
)
from pipelines.running.messages import ERROR_LENGTH, Message, in_a_line
from pipelines.running.notes import Notes

LINES_OF_A_KIND = 5
NAME_LENGTH = 48
DETAIL_LENGTH = 120

TEXTS = {
    Language.EN: {
        "cannot": "juesuan nightly could not do its work (exit code {exit_code})",
        "bad": "juesuan nightly: {count} new problem(s) (exit code {exit_code})",
        "over_only": "juesuan nightly: {count} problem(s) over",
        "contradicted_only": "juesuan nightly: contradictions in {count} document(s)",
        "site": "Site {name} could not be asked: {why}; see: juesuan fetch --check {name}",
        "file": "Not read: {name}: {why}",
        "document": "Quarantined: {name}: read twice, and not the same; see: juesuan explain {key}",
        "test": "Test of the warehouse failed: {name} ({why})",
        "fall": "Less is proven of {name}: {after} after {before}; see: juesuan explain {key}",
        "whole_fall": "Less is proven of all figures: {after} after {before}",
        "contradictions": "Contradicts itself: {name}: {count} contradiction(s){instead}; "
        "see: juesuan discrepancies {key}",
        "instead": " instead of {count}",
        "over": "Over: {name}",
        "still": "Still: {name}, since {since}",
        "acknowledged": "Acknowledged and still so: {count}",
        "more": "… and {count} more",
        "unknown": "nobody knows why",
        "closing": "Next: juesuan status lists everything; juesuan acknowledge NAME says that "
        "something is known",
        "cannot_closing": "Next: mend it and run juesuan nightly again; the warehouse is as it was",
        "contradicted_closing": "Next: juesuan discrepancies lists both sides",
        "whose": "{name} ({department})",
    },
    Language.ZH: {
        "cannot": "juesuan 夜间任务未能完成（退出码 {exit_code}）",
        "bad": "juesuan 夜间任务：新增 {count} 个问题（退出码 {exit_code}）",
        "over_only": "juesuan 夜间任务：{count} 个问题已消除",
        "contradicted_only": "juesuan 夜间任务：{count} 份文件自相矛盾",
        "site": "网站无法访问：{name}：{why}；查看：juesuan fetch --check {name}",
        "file": "文件未能读取：{name}：{why}",
        "document": "文件已隔离：{name}：两次读数不一致；查看：juesuan explain {key}",
        "test": "仓库检验未通过：{name}（{why}）",
        "fall": "证实比例下降：{name}：由 {before} 降至 {after}；查看：juesuan explain {key}",
        "whole_fall": "全部数字的证实比例由 {before} 降至 {after}",
        "contradictions": "自相矛盾：{name}：{count} 处{instead}；"
        "查看：juesuan discrepancies {key}",
        "instead": "（此前 {count} 处）",
        "over": "已消除：{name}",
        "still": "仍未解决：{name}，自 {since} 起",
        "acknowledged": "已确认、尚未消除：{count} 个",
        "more": "……另有 {count} 个",
        "unknown": "原因不明",
        "closing": "下一步：juesuan status 列出全部；已知的问题用 juesuan acknowledge 名称 确认",
        "cannot_closing": "下一步：排除故障后重新运行 juesuan nightly；仓库保持原样",
        "contradicted_closing": "下一步：juesuan discrepancies 列出两侧数字",
        "whose": "{name}（{department}）",
    },
}
# What the reader says of a file it refuses is English; these are the same in Chinese.
REASONS_ZH = {
    "empty_file": "空文件，请重新获取",
    "not_a_document": "不是 PDF、Word（.docx）或网页文件，请核对所公开的内容，或转换后再放入",
    "encrypted": "有密码保护，请取得无密码的文件",
    "damaged": "文件损坏或不完整，请重新获取",
    "no_text": "没有文字层，是扫描件，需要文字识别",
    "no_forms": "没有数字表，也未说明是谁的预算或决算，请核对所公开的内容",
    "no_department": "不是部门的预算或决算",
    "unopenable": "无法打开，请检查访问权限",
    "timeout": "未能在时限内读完，可调高 JUESUAN_DOCUMENT_SECONDS",
    "memory": "所需内存超出上限，可调高 JUESUAN_DOCUMENT_MEBIBYTES",
    "crash": "读取进程意外退出，请反馈",
    "unstorable": "有无法精确存储的金额，请反馈",
}


def message_of(notes: Notes, language: Language) -> Message:
    """What people are told of a night, the most urgent first."""
    facts = {
        "command": notes.command,
        "exit_code": notes.exit_code,
        "error": notes.error,
        "counts": notes.counts,
        "news": asdict(notes.news),
    }
    return _Wording(language).message(notes, facts)


class _Wording:
    """Everything that is said, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.texts = TEXTS[language]

    def message(self, notes: Notes, facts: dict[str, object]) -> Message:
        """The whole message."""
        lines = [in_a_line(notes.error, ERROR_LENGTH)] if notes.error else []
        lines += self.lines_of(notes.news)
        return Message(self.title(notes), tuple(lines), self.closing(notes), facts)

    def title(self, notes: Notes) -> str:
        """The whole of it in a line."""
        news = notes.news
        bad = len(news.new) + len(news.falls) + bool(news.whole_fall)
        if notes.error:
            return self.say("cannot", exit_code=notes.exit_code)
        if bad or notes.exit_code:
            return self.say("bad", count=bad, exit_code=notes.exit_code)
        if news.contradictions:
            return self.say("contradicted_only", count=len(news.contradictions))
        return self.say("over_only", count=len(news.over))

    def closing(self, notes: Notes) -> str:
        """What to do next."""
        if notes.error:
            return self.say("cannot_closing")
        if notes.news.is_bad or notes.news.still:
            return self.say("closing")
        return self.say("contradicted_closing") if notes.news.contradictions else ""

    def lines_of(self, news: NightNews) -> list[str]:
        """A line for each thing to know; of many of a kind the first, and how many more."""
        of_kinds = [
            [self.trouble(each.trouble) for each in news.new if each.trouble.kind is kind]
            for kind in TroubleKind
        ]
        whole = [self.fall("whole_fall", news.whole_fall)] if news.whole_fall else []
        of_kinds += [
            [*whole, *(self.fall("fall", each) for each in news.falls)],
            [self.contradictions(each) for each in news.contradictions],
            [self.say("over", name=self.named(each)) for each in news.over],
            [self.still(each) for each in news.still],
        ]
        lines = [line for of_kind in of_kinds for line in self.first_of(of_kind)]
        if news.acknowledged:
            lines.append(self.say("acknowledged", count=len(news.acknowledged)))
        return lines

    def first_of(self, lines: Sequence[str]) -> Iterator[str]:
        """The first few lines of a kind, and how many more there are."""
        yield from lines[:LINES_OF_A_KIND]
        if len(lines) > LINES_OF_A_KIND:
            yield self.say("more", count=len(lines) - LINES_OF_A_KIND)

    def trouble(self, trouble: Trouble) -> str:
        """What is wrong, why, and where to look."""
        why = REASONS_ZH.get(trouble.reason, "") if self.language is Language.ZH else ""
        why = why or in_a_line(trouble.detail, DETAIL_LENGTH) or self.say("unknown")
        return self.say(trouble.kind, name=self.named(trouble), why=why, key=trouble.key)

    def still(self, standing: StandingTrouble) -> str:
        """What was wrong before already."""
        since = f"{standing.since.astimezone():%Y-%m-%d}"
        return self.say("still", name=self.named(standing.trouble), since=since)

    def fall(self, name: str, fall: ShareFall) -> str:
        """Of what less is proven, and how much less."""
        return self.say(
            name,
            name=self.named(fall),
            key=fall.document_id,
            before=_percent(fall.before),
            after=_percent(fall.after),
        )

    def contradictions(self, found: Contradictions) -> str:
        """Which document contradicts itself, and how often."""
        instead = self.say("instead", count=found.before) if found.before else ""
        return self.say(
            "contradictions",
            name=self.named(found),
            count=found.after,
            instead=instead,
            key=found.document_id,
        )

    def named(self, named: Trouble | ShareFall | Contradictions) -> str:
        """A name, with the department where the name does not say it."""
        name = in_a_line(named.name, NAME_LENGTH)
        if not named.department or named.department in named.name:
            return name
        return self.say("whose", name=name, department=in_a_line(named.department, NAME_LENGTH))

    def say(self, text: str, **values: object) -> str:
        """A text with values in it."""
        return self.texts[text].format(**values)


def _percent(share: Share) -> str:
    percent = share.proven * 1000 // share.figures / 10
    return f"{percent:.1f} % ({share.proven:,}/{share.figures:,})"
