"""Words of the trade written otherwise: by sound, in pinyin, with emoji, pulled or split apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.review.words import characters, language

_EMOJI = (
    "\u203c-\u2049\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\U0001f000-\U0001faff"
)
_BETWEEN = rf" \t\u3000*·・•._\-~|/\\^+=#`'…—\u2500-\u257f¦丨丿‖∣∕⁄※~˙‧∙⋅{_EMOJI}"
_PICTURE = re.compile(f"[{_EMOJI}]")
_APART = re.compile(f"[{_BETWEEN}]+")
_LOOSE = re.compile(r"[ \t\u3000/+]+")  # also stands between words that have nothing to hide
_MARK = re.compile("[/+]")  # between two words it has words on both sides
_PIECE = re.compile(f"[{_EMOJI}]|[^{_BETWEEN}]+")
_LETTERS = re.compile("[a-z]{2,}")
_LONE = re.compile(
    rf"(?<![\u4e00-\u9fff\w])[\u4e00-\u9fffa-z0-9](?:[{_BETWEEN}]+[\u4e00-\u9fffa-z0-9])+(?![\u4e00-\u9fff\w])"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_FLAT = re.compile("^([zcs])h")  # as the south says it, and types it
_ROUND = re.compile("^([zcs])(?!h)")  # and the other way about
_FIRST_CODE = 0xE000
_PLANE = 0x10000
_HEARD_FROM = 3  # words shorter than this sound like too many others


@dataclass(frozen=True)
class _Lexicon:
    """sound: at each character's place the code of its syllable. said: finds words' sounds."""

    sound: str
    codes: dict[str, str]
    pinyin: re.Pattern[str]
    said: re.Pattern[str]
    words: dict[str, str]
    heard: frozenset[str]
    spelled: re.Pattern[str]
    spellings: dict[str, str]
    innocent: re.Pattern[str]
    pictures: dict[str, list[str]]


@cache
def _lexicon() -> _Lexicon:
    lines = [line.split(" ") for line in characters("syllables")]
    codes = {syllable: chr(_FIRST_CODE + at) for at, (syllable, _) in enumerate(lines)}
    sound = {ord(character): codes[syllable] for syllable, them in lines for character in them}
    data = language("disguises")
    known = data["heard"] + data["read"]
    flat = {ord(c): codes.get(_FLAT.sub(r"\1", s), codes[s]) for s, them in lines for c in them}
    rounded = {
        ord(c): codes.get(_ROUND.sub(r"\1h", s), codes[s]) for s, them in lines for c in them
    }
    words = {word.translate(table): word for table in (flat, rounded, sound) for word in known}
    return _Lexicon(
        # As a string it is small enough to stay near the processor; a dict is not.
        sound="".join(sound.get(code, chr(code)) for code in range(_PLANE)),
        codes=codes,
        pinyin=re.compile("|".join(sorted(codes, key=len, reverse=True))),
        said=_any(words),
        words=words,
        heard=frozenset(data["heard"]),
        spelled=_any(data["spellings"]),
        spellings=data["spellings"],
        innocent=_any(data["innocent"]),
        pictures=data["pictures"],
    )


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """Find any of the words, the longest first; those of one beginning are tried together."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(c)}(?:{'|'.join(them)})" for c, them in rests.items()))


def pulled_apart(text: str) -> list[tuple[int, int, str]]:
    """Find what stands between lone characters: start, end and what is meant, which is nothing."""
    runs = (lone.span() for lone in _LONE.finditer(text) if _HAN.search(lone[0]))
    return [(*gap.span(), "") for run in runs for gap in _APART.finditer(text, *run)]


def disguises(text: str) -> list[tuple[int, int, str]]:
    """Find words in disguise: start, end and the word meant, from left to right, none twice."""
    found: list[tuple[int, int, str]] = []
    for reading in _readings(text):
        for start, end, word in _meant(text, *reading):
            if all(end <= other[0] or other[1] <= start for other in found):
                found.append((start, end, word))
    return sorted(found)


def _readings(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Give the text pulled together: without its pictures, then with each word they stand for."""
    pictures = _lexicon().pictures
    yield _pulled_together(text, {})
    if not _PICTURE.search(text):
        return
    shown = [pictures[character] for character in set(text) & pictures.keys()]
    for turn in range(max(map(len, shown), default=0)):
        now = {character: words[turn] for character, words in pictures.items() if turn < len(words)}
        yield _pulled_together(text, now)


def _pulled_together(text: str, pictures: dict[str, str]) -> tuple[str, Sequence[int]]:
    """Give the text without what pulls its words apart, and where each character stood."""
    if not _APART.search(text):
        return text, range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for piece in _PIECE.finditer(text):
        word = pictures.get(piece[0]) if pictures else None
        if word is not None:
            letters.append(word)
            places += [piece.start()] * len(word)
        elif not _APART.match(piece[0]):
            letters.append(piece[0])
            places += range(*piece.span())
    return "".join(letters), places


def _meant(text: str, dense: str, places: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    lexicon = _lexicon()
    sounds, starts, ends = _sounds(dense)
    for said in lexicon.said.finditer(sounds):
        word = lexicon.words[said[0]]
        first, last = starts[said.start()], ends[said.end() - 1]
        start, end = places[first], places[last - 1] + 1
        if text[start:end] != word and _is_meant(text, start, end, dense[first:last], word):
            yield start, end, word
    for spelled in lexicon.spelled.finditer(dense):
        start, end = places[spelled.start()], places[spelled.end() - 1] + 1
        yield start, end, lexicon.spellings[spelled[0]]


def _sounds(dense: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Give the syllables of a text as codes, one each, and where each begins and ends.

    Letters that are pinyin throughout are syllables too; other letters stay letters.
    """
    lexicon = _lexicon()
    codes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for run in _LETTERS.finditer(dense):
        syllables = [syllable.span() for syllable in lexicon.pinyin.finditer(run[0])]
        if sum(end - start for start, end in syllables) < len(run[0]):
            continue
        codes.append(dense[done : run.start()].translate(lexicon.sound))
        starts += [*range(done, run.start()), *(run.start() + start for start, _ in syllables)]
        ends += [*range(done + 1, run.start() + 1), *(run.start() + end for _, end in syllables)]
        codes += [lexicon.codes[run[0][start:end]] for start, end in syllables]
        done = run.end()
    if not codes:
        return dense.translate(lexicon.sound), range(len(dense)), range(1, len(dense) + 1)
    codes.append(dense[done:].translate(lexicon.sound))
    starts += range(done, len(dense))
    ends += range(done + 1, len(dense) + 1)
    return "".join(codes), starts, ends


def _is_meant(text: str, start: int, end: int, dense: str, word: str) -> bool:
    """Tell a disguise from words that only sound alike, or that a blank stands between."""
    lexicon = _lexicon()
    if dense == word:  # pulled apart
        gaps = set(_APART.findall(text[start:end]))
        beside = _characters_beside(text, start, end)
        return (
            len(word) > 2
            or not all(map(_LOOSE.fullmatch, gaps))
            or beside == 0
            or (beside == 1 and any(map(_MARK.search, gaps)))
        )
    if _LETTERS.search(dense):
        return True
    same = sum(a == b for a, b in zip(dense, word, strict=False))
    return (
        word in lexicon.heard
        and len(word) >= _HEARD_FROM
        and (same > 0 or len(word) > _HEARD_FROM)
        and not lexicon.innocent.match(text, start)
    )


def _characters_beside(text: str, start: int, end: int) -> int:
    return sum(
        _HAN.match(beside) is not None for beside in (text[start - 1 : start], text[end : end + 1])
    )
