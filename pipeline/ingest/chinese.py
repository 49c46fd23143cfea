"""What is wrong with a file, said in Chinese to whoever delivered it.

The reasons are raised, stored and counted in English, where they stay the same from run to run;
the people who read them on a screen or the page get these words. `{}` stands for what a reason
names, `{say}` for a reason inside another.
"""

import re
from functools import cache

SENTENCES = (
    # files as a whole: what was found
    ("an empty file", "空文件"),
    ("a file of {} bytes", "文件有 {} 字节"),
    ("a file that cannot be opened ({say})", "文件打不开（{say}）"),
    ("Permission denied", "没有读取权限"),
    ("No such file or directory", "文件不存在"),
    ("Is a directory", "是文件夹，不是文件"),
    ("a file that was being written a moment ago", "文件刚才还在写入"),
    ("a file that changed while it was read", "文件在读取时被改动"),
    ("a file that went away while it was read", "文件在读取时消失"),
    ("a workbook that cannot be read ({say})", "工作簿读不出来（{say}）"),
    ("it is damaged so that its reader gave up", "损坏到无法继续读取"),
    ("sheet {} has {} rows, more than {}: export a shorter period",
     "工作表 {} 有 {} 行，超过上限 {} 行：请缩短时段导出"),
    ("sheet {} spreads over {} rows and {} columns, more than {} cells",
     "工作表 {} 铺开 {} 行 × {} 列，超过上限 {} 格"),
    ("File is not a zip file", "压缩包不完整"),
    ("a workbook that unpacks to {} bytes", "工作簿解压后有 {} 字节"),
    ("a workbook that unpacks to {} times its size", "工作簿解压后是原来的 {} 倍"),
    ("a gzip file that unpacks to more than {} bytes", "gzip 解压后超过 {} 字节"),
    ("a gzip file that cannot be read ({})", "gzip 文件读不出来（{}）"),
    ("bytes that are neither a known format nor text", "既不是已知格式，也不是文本"),
    ("NUL bytes in what should be text", "文本里有 NUL 字节"),
    ("UTF-8 text with {} broken characters, the first on line {}",
     "UTF-8 文本里有 {} 个坏字符，首个在第 {} 行"),
    ("a very large HTML page", "HTML 页面过大"),
    ("HTML without a complete table", "HTML 里没有完整的表格（可能是登录页或报错页）"),
    ("HTML that cannot be read ({})", "HTML 读不出来（{}）"),
    ("a record starting on line {} that cannot be read ({})", "从第 {} 行开始的记录读不出来（{}）"),
    ("JSON, as a back office answers when a download failed", "后台下载失败时返回的 JSON"),
    ("JSON that cannot be read", "JSON 读不出来"),
    ("Parquet that cannot be read ({})", "Parquet 读不出来（{}）"),
    ("column {} of type {}", "列 {} 的类型是 {}"),
    ("{say} that fits no declared source, beginning with: {}",
     "{say}，与已声明的来源都不符，开头是：{}"),
    ("{say} that fits no declared source", "{say}，与已声明的来源都不符"),
    ("a zip archive, no workbook,", "压缩包，不是工作簿"),
    ("xlsx", "xlsx 工作簿"),
    ("xls", "xls 工作簿"),
    ("csv", "CSV 文本"),
    ("html", "HTML 表格"),
    ("json", "JSON"),
    ("parquet", "Parquet"),
    ("the column {} more than once ({})", "列 {} 出现不止一次（{}）"),
    ("a header like that of {} in row {} without {}", "第 {1} 行的表头像 {0}，但缺少 {2}"),
    ("a table that fits two declarations, {} and {} (header in {})",
     "表格同时符合两个声明：{} 与 {}（表头在 {}）"),
    ("averages and medians of a period by form, not a list of works (header in row {})",
     "分体裁的均值与中位数，不是作品列表（表头在第 {} 行）"),
    ("the sheet of a single video, not a list of works (header in row {})",
     "单个视频的数据表，不是作品列表（表头在第 {} 行）"),
    ("a file that the patterns of {} match", "登记表中 {} 的匹配规则都匹配此文件"),
    ("a platform's file that belongs to no account", "平台文件没有归属账号"),
    ("the mapping file {} that cannot be read ({})", "映射文件 {} 读不出来（{}）"),
    ("the mapping file {}, key {}: {say}", "映射文件 {} 的 {} 项：{say}"),
    ("nothing", "没有填"),
    ("not known", "不认识"),
    ("a post without a name", "作品没有名称"),
    ("no metric", "没有指标"),
    ("{}, which {} is already mapped to", "{}，已映射到 {}"),
    ("{}% of its rows are refused", "{}% 的行被拒收"),
    # what was expected instead
    ("an export with a header", "带表头的导出文件"),
    ("at most {} times", "至多 {} 倍"),
    ("at most {}", "至多 {}"),
    ("a readable file", "可读的文件"),
    ("a file that rests", "写完的文件"),
    ("a whole file", "完整的文件"),
    ("a whole workbook without a password", "完整、没有密码的工作簿"),
    ("a whole Parquet file", "完整的 Parquet 文件"),
    ("a workbook, or text in UTF-8 or GB18030", "工作簿，或 UTF-8、GB18030 文本"),
    ("whole UTF-8, or GB18030", "完整的 UTF-8 或 GB18030 文本"),
    ("comma-separated text with quotes in pairs", "逗号分隔、引号成对的文本"),
    ("a <table> that ends", "完整的 <table>"),
    ("an HTML table", "HTML 表格"),
    ("one whole JSON document", "一份完整的 JSON"),
    ("records, or a workbook, a CSV, an HTML table or Parquet",
     "数据记录，或工作簿、CSV、HTML 表格、Parquet"),
    ("text, numbers, days or times", "文本、数字、日期或时间"),
    ("one of docs/SOURCES.md or docs/BANK_FILES.md",
     "docs/SOURCES.md 或 docs/BANK_FILES.md 所列之一"),
    ("each column once", "每列只出现一次"),
    ("every required column", "全部必需的列"),
    ("one that fits one", "只符合一个声明的表格"),
    ("every column that {} names", "{} 写到的每一列"),
    ("parts of less", "分成几份"),
    ("one account", "一个账号"),
    ("a folder named by the account, or a pattern in the register",
     "以账号命名的文件夹，或登记表中的匹配规则"),
    ("TOML in UTF-8", "UTF-8 的 TOML"),
    ("the header of that column", "该列的表头"),
    ("names of events, each with its event type", "事件名与事件类型的对应"),
    ("post_ref or title, mapped", "映射 post_ref 或 title"),
    ("a word", "一个词"),
    ("a list of texts", "一组文本"),
    ("a table [{}]", "[{}] 表"),
    ("a header, or a list of headers", "一个或一组表头"),
    ("each header once", "每个表头只用一次"),
    ("numbers", "有数值"),
    ("those of {}", "{} 的作品"),
    ("a list that grows", "只增不减的列表"),
    # what to do
    ("export it again", "请重新导出"),
    ("export it again; UTF-16 is not read", "请重新导出；不支持 UTF-16"),
    ("export it again, or a shorter period", "请重新导出，或缩短时段"),
    ("export it again, and do not edit it by hand", "请重新导出，不要手工修改"),
    ("export it again with all columns, or correct the mapping file",
     "请勾选全部列重新导出，或改正映射文件"),
    ("export it again with all columns, or declare the new form in {}",
     "请勾选全部列重新导出，或在 {} 声明新格式"),
    ("export it again from the right account, without a filter; or, where it is right as it is, "
     "run: funnel accept FILE ({})",
     "请登录正确的账号、不加筛选重新导出；若确认无误，运行 funnel accept 文件（{}）"),
    ("export less", "请少导出一些"),
    ("deliver it in parts", "请分几份交付"),
    ("deliver it again", "请重新交付"),
    ("deliver it as text", "请以文本交付"),
    ("save the answer again", "请重新保存"),
    ("check its permissions", "请检查文件权限"),
    ("nothing to do, the next run reads it", "不用处理，下次运行会读"),
    ("correct the mapping file", "请改正映射文件"),
    ("correct it; docs/MAPPING.md shows one", "请改正，样例见 docs/MAPPING.md"),
    ("correct the column files of the register", "请改正登记表的 files 列"),
    ("move it to inbox/<account_id>/{}", "请移到 inbox/<账号>/{}"),
    ("tell the declarations apart, by a sheet pattern or a required column",
     "请用工作表名或必需列区分两个声明"),
    ("remove it, name its columns in a mapping file (docs/MAPPING.md), or declare it in "
     "pipeline/ingest/platforms",
     "请移走，或用映射文件写明各列（docs/MAPPING.md），或在 pipeline/ingest/platforms 声明"),
    ("nothing of it landed; correct the export and deliver it again",
     "一行也没有入库，请改正导出后重新交付"),
    # held, and warnings
    ("every number in it is 0, and those that the account delivered before were not",
     "所有数值都是 0，而该账号以前交付的不是"),
    ("{} of its {} posts are posts that {} delivered", "{1} 篇中有 {0} 篇是 {2} 交付过的作品"),
    ("{} posts, where the export of {} listed {}", "只有 {0} 篇，{1} 的导出有 {2} 篇"),
    ("the same bytes as {}", "与 {} 逐字节相同"),
    ("lies under account {}, but these bytes were landed for {}: one of the two was exported from "
     "the wrong account", "放在账号 {} 下，但同样的内容已作为 {} 入库：其中一份导错了账号"),
    ("account {} is not in the bank's register: its numbers stand apart as unregistered until it "
     "is", "账号 {} 不在登记表：登记之前，它的数据单列为「未登记」"),
    ("columns that are not declared were not landed: {}", "未声明的列没有入库：{}"),
    ("rows that are the sum of the others ({}) were left out: {}", "合计行（{}）不入库：{} 行"),
    ("sheet {} fits no declared source and was not landed",
     "工作表 {} 与已声明的来源都不符，没有入库"),
    ("events that {} does not name were passed over: {}", "{} 没有写到的事件已略过：{}"),
    ("could not be read anew, its rows stay as they are: {say}",
     "没能重新读取，已入库的行保持原样：{say}"),
    # cells and rows: why one does not fit
    ("missing", "缺值"),
    ("unknown", "不认识"),
    ("holds a customer id", "含有客户号"),
    ("a number, not an id: digits may be lost", "是数值不是编号，可能已丢位"),
    ("the row has {} cells, the header {}", "本行 {} 格，表头 {} 格"),
    ("contradicts line {}: the same {} with other values", "与第 {} 行矛盾：{} 相同而数值不同"),
    ("contradicts a line: the same {} with other values", "与另一行矛盾：{} 相同而数值不同"),
    ("not a number", "不是数字"),
    ("not a whole number", "不是整数"),
    ("not a number as pages show it", "不是页面显示的数字"),
    ("negative", "是负数"),
    ("too large", "过大"),
    ("too large for a count", "作为计数过大"),
    ("too large for an amount", "作为金额过大"),
    ("more than two decimals", "多于两位小数"),
    ("has no {} at its end", "末尾没有 {}"),
    ("above {}", "大于 {}"),
    ("below {}", "小于 {}"),
    ("not a date in a declared form", "不是约定写法的日期"),
    ("not an ISO 8601 time", "不是 ISO 8601 时间"),
    ("no time zone", "没有时区"),
    ("outside the years 1 to 9999", "超出公元 1 至 9999 年"),
    ("holds a NUL character", "含有 NUL 字符"),
    ("not an id of digits only: a number cell loses its last digits",
     "不是纯数字编号：数值格会丢掉末几位"),
    ("not digits only, or a number that lost some of them", "不是纯数字，或是丢了位的数值"),
    ("not 24 hexadecimal digits", "不是 24 位十六进制"),
    ("not three capital letters", "不是三个大写字母"),
    ("neither true nor false", "既非 true 也非 false"),
    ("not one of the declared words", "不是约定的词"),
    ("not named so", "文件名不是这样"),
    # cells and rows: what was expected
    ("a row as wide as the header", "与表头同宽的行"),
    ("one row for each {}", "每个 {} 一行"),
    ("a declared metric", "已声明的指标"),
    ("a customer id", "客户号"),
    ("a customer id as text", "文本格式的客户号"),
    ("a count", "计数"),
    ("a whole number", "整数"),
    ("a number", "数字"),
    ("a fraction between 0 and 1", "0 到 1 的小数"),
    ("a fraction, which may be above 1", "小数，可大于 1"),
    ('per cent with its sign, as "{}"', "带 % 的百分数，如 {}"),
    ("per cent points without a sign, as {}", "不带 % 的百分数，如 {}"),
    ("seconds", "秒数"),
    ('seconds with their sign, as "{}"', "带单位的秒数，如 {}"),
    ('seconds with an s, as "{}"', "带 s 的秒数，如 {}"),
    ('seconds, as "{}" or "{}"', "秒数，如 {} 或 {}"),
    ('seconds, with or without their sign, as 12, "12s" or "12秒"', "秒数，如 12、12s 或 12秒"),
    ("minutes, stored as seconds", "分钟数"),
    ('a rating of up to five stars, as "{}"', "至多五星的评分，如 {}"),
    ('a count, also as "1.2万" or "10w+"', "计数，也可写 1.2万、10w+"),
    ("a count as pages show it, as 1.2万, 3.4亿 or 10w+", "计数，可写 1.2万、3.4亿、10w+"),
    ('a fraction, or per cent with its sign, as 0.1 or "10%"',
     "小数或带 % 的百分数，如 0.1 或 10%"),
    ("an amount in yuan, two decimals", "金额（元），两位小数"),
    ("an amount, not negative, two decimals", "非负金额，两位小数"),
    ("an amount in 分, stored in yuan", "以分计的金额"),
    ("an ISO 8601 time with its zone, as {}", "带时区的 ISO 8601 时间，如 {}"),
    ('a day as YYYY-MM-DD, or an hour as "{}"', "日期 YYYY-MM-DD，或小时 {}"),
    ("a day as {}", "日期，写作 {}"),
    ("a local time as {}", "北京时间，写作 {}"),
    ("text", "文本"),
    ("text, which may be blank", "文本，可为空"),
    ("text, - where there is none", "文本，没有则写 -"),
    ("an id of digits, as text", "文本格式的数字编号"),
    ("a note id of 24 hexadecimal digits", "24 位十六进制的笔记编号"),
    ("a word or a whole number", "词或整数"),
    ("a currency code of three capital letters, as CNY", "三个大写字母的币种，如 CNY"),
    ("true or false", "true 或 false"),
    ("a file named {}", "文件名如 {}"),
    ("one of {}", "{} 之一"),
    ('a form such as "{}", or a list of forms', "一种写法，如 {}，或一组写法"),
    ('a form such as "{}", or a list of forms, of {}', "一种写法，如 {}，或一组写法，只用 {}"),
    ("a key", "键"),
    ("a mapped metric", "已映射的指标"),
    ("a mapped day", "已映射的日期"),
    ("a column of this kind", "这一类的列"),
    ("{say}: one of {}", "{}：{} 之一"),
    # the widest last
    ("a {} without {}", "{} 缺少 {}"),
    ("{} ({})", "{}（{}）"),
)  # fmt: skip


def chinese(text: str) -> str:
    """Give a reason in Chinese; what has no Chinese words yet stays as it is."""
    found, expects, rest = text.partition("; expected ")
    if expects:
        wanted, action = _parted(rest)
        said = f"{chinese(found)}；应为{chinese(wanted)}"
        return f"{said}：{chinese(action)}" if action else said
    for pattern, words in _patterns():
        if match := pattern.fullmatch(text):
            parts = (
                chinese(part) if name.startswith("say") else part
                for name, part in match.groupdict().items()
            )
            return words.format(*parts)
    return text


def _parted(rest: str) -> tuple[str, str]:
    """Part what was expected from what to do: where both are known, else at the last colon."""
    places = [match.start() for match in re.finditer(": ", rest)]
    parts = [(rest[:at], rest[at + 2 :]) for at in places]
    known = (pair for pair in parts if all(chinese(part) != part for part in pair))
    return next(known, parts[-1] if parts else (rest, ""))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (_pattern(sentence), words.replace("{say}", "{}")) for sentence, words in SENTENCES
    )


def _pattern(sentence: str) -> re.Pattern[str]:
    """Match a sentence; the groups are numbered in their order, those to translate named so."""
    parts = re.split(r"(\{say\}|\{\})", sentence)
    names = {"{say}": "say", "{}": "as_is"}
    groups = (
        f"(?P<{names[part]}{index}>.+?)" if part in names else re.escape(part)
        for index, part in enumerate(parts)
    )
    return re.compile("".join(groups), re.DOTALL)
