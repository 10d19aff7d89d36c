"""What speaks for and against hiding a stretch of a fact, as named features.

A candidate [i, j) of pieces has four parts: each piece in it, its beginning with what stands before, its end with
what follows, and the stretch as a whole. Each part is a few groups; a group is a function of a handful of small values,
so that its sum of weights can be remembered. A feature is named `family:value`; the family tells an author what it is
about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from deckgen.cloze.wordlists import lists, verb_groups

if TYPE_CHECKING:
    from deckgen.cloze.view import View

Group = Callable[..., list[str]]
Values = tuple[Any, ...]
_NO_ITEM = (0, 0)
_SINGLE, _SUBJECT, _NEIGHBOURHOOD = 2, 3, 4  # places in `WHOLE`
_NAMED_GOVERNORS = frozenset(["V", "^", ",", "C", "of", "in", "with", "by", "for", "to", "from", "at"])


def piece_values(view: View) -> Iterator[Values]:
    """For each piece the values of `of_piece`, which counts inside a candidate whatever its ends."""
    return zip(view.tags, view.spoken, view.forms, view.again, strict=True)


def of_piece(tag: str, word: str, form: str, again: bool) -> list[str]:
    out = [f"holds:{tag}"]
    if tag in "PoCTWDQR":
        out.append(f"holds word:{word}")
    if form:
        out.append(f"form:{form}")
    if again:
        out.append("repeated:word")
    return out


def start_values(view: View, starts: Iterable[int]) -> Iterator[tuple[Values, ...]]:
    """For each piece at which candidates begin, the values of each group in `START`."""
    tags, lows, spoken, band = view.tags, view.lows, view.spoken, view.band
    values_in, contrast_at = view.values_in, view.contrast
    clauses, phrases = min(view.clauses, 3), min(view.phrases, 9)
    contrast = ""
    for i in starts:
        tag = tags[i]
        before, word_before, band_before, low_before, class_, parallel = "^", "^", 0, "", "", False
        if i:
            before, word_before, band_before = tags[i - 1], spoken[i - 1], band[i - 1]
            if before in "NXAvdbgRGJUKP":
                low = lows[i - 1]
                low_before = low[:7] if before in "NXAvdbgRGJ" else ""
                parallel = before in "ANXUKvbdP" and low in view.fans_out
            elif before == "D" and i > 1 and tags[i - 2] == "B":
                class_ = lows[i - 1]
        governor = view.governors[i]
        named = _named(governor[0])
        here = view.clause[i]
        clause = here if here < 2 else 2
        kind = tag if tag in "%qy#" else "w"
        if contrast_at >= 0:
            contrast = "True" if i > contrast_at else "False"
        values = values_in[here] if values_in else 0
        yield (
            (before, tag, band[i], band_before, parallel),
            (word_before, spoken[i], low_before, class_),
            (*governor, kind),
            ("subject" if i < view.first_verb[i] else "rest", clause, named, kind, min(values, 2), contrast),
            (clause, clauses, view.place[i], named, kind, phrases),
        )


def _named(governor: str) -> str:
    return governor if governor in _NAMED_GOVERNORS else "_"


def _beginning(before: str, tag: str, band: int, band_before: int, parallel: bool) -> list[str]:
    out = [f"begins:{before}{tag}", f"before:{before}", f"first word:{band}{tag}"]
    if before in "NXUKAL" and tag in "ANXKUL":
        out.append(f"cut left:{before}{tag}")
    if before in "ANXJg" and tag in "ANXUKLg":
        out.append(f"cut left:{before}{band_before}")
    if parallel:
        out.append(f"parallel:{'P' if before == 'P' else 'left'}")
    return out


def _neighbour(word_before: str, word: str, low_before: str, class_: str) -> list[str]:
    out = [f"word before:{word_before}"]
    if low_before:
        out.append(f"word before:{low_before}")
    if word != "_":
        out.append(f"first word:{word}")
    if class_:
        out.append(f"is a:{class_}")
    return out


def _government(governor: str, head_tag: str, head: str, kind: str) -> list[str]:
    out = [f"governor:{governor}|{kind}"]
    if governor == "V":
        out.append(f"verb:{verb_groups().get(head, head[:6])}")
    elif head_tag:
        out.append(f"hangs on:{governor}|{head_tag}")
        if head_tag in "vdbgGB":
            out.append(f"hangs on:{verb_groups().get(head, head[:6])}_{governor}")
        elif head_tag in "NX":
            out.append(f"hangs on:{head[:7]}_{governor}")
    return out


def _role(role: str, clause: int, governor: str, kind: str, values: int, contrast: str) -> list[str]:
    out = [f"role:{role}{clause}{governor}", f"role:{role}{values}{kind}"]
    if contrast:
        out.append(f"contrast:{contrast}{role}{kind in '%qy'}")
    return out


def _place(clause: int, clauses: int, place: int, governor: str, kind: str, phrases: int) -> list[str]:
    return [
        f"clause:{clause}/{clauses}",
        f"place:{place}{governor}{kind}",
        f"phrases:{phrases}{kind if kind in '%qy' else 'w'}",
    ]


START: tuple[Group, ...] = (_beginning, _neighbour, _government, _role, _place)


def end_values(view: View, ends: Iterable[int]) -> Iterator[tuple[Values, ...]]:
    """For each piece before which candidates end, the values of each group in `END`."""
    tags, lows, spoken, band, phrase = view.tags, view.lows, view.spoken, view.band, view.phrase
    n, last_phrase, contrast_at = view.n, view.phrases - 1, view.contrast
    for j in ends:
        tag, here = tags[j - 1], phrase[j - 1]
        left = min(last_phrase - here, 4) if here >= 0 else 4
        after, word_after, low_after, parallel, inner = "$", "$", "", False, ""
        if j < n:
            after, word_after = tags[j], spoken[j]
            if after in "ANXUKvbdo":
                low_after = lows[j][:7] if after in "NXA" else ""
                parallel = lows[j] in view.fans_in
            elif after == "(":
                inner = tags[j + 1] if j + 1 < n else "$"
        low = lows[j - 1] if tag in "NXAK" else ""
        yield (
            (tag, after, left, parallel, inner, contrast_at == j < n),
            (spoken[j - 1], word_after, low_after),
            (tag, low, band[j - 1]),
        )


def _ending(tag: str, after: str, left: int, parallel: bool, inner: str, contrast: bool) -> list[str]:
    out = [f"ends:{tag}{after}", f"after:{after}", f"phrases left:{left}"]
    if after in "NXUKAL" and tag in "ANXKUL":
        out.append(f"cut right:{tag}{after}")
    if parallel:
        out.append("parallel:right")
    if contrast:
        out.append("contrast:next")
    if inner:
        out.append(f"cut bracket:{inner}")
    return out


def _follower(word: str, word_after: str, low_after: str) -> list[str]:
    out = [f"word after:{word_after}"]
    if low_after:
        out.append(f"word after:{low_after}")
    if word != "_":
        out.append(f"last word:{word}")
    return out


def _head(tag: str, low: str, band: int) -> list[str]:
    if not low:
        return []
    out = [f"last word:{band}{tag}", f"last word:{low[:7]}", f"suffix:{low[-3:]}"]
    if low in lists()["general-head"]:
        out.append("last word:general")
    return out


END: tuple[Group, ...] = (_ending, _follower, _head)
More = tuple[tuple[int, Values], ...]


def whole_values(view: View, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[Values, Values, More]]:
    """For each candidate the values of the whole; those that begin together stand together.

    The first two groups of `WHOLE` hold for every candidate; the others that do come last, by their place in it.
    """
    tags, line, n, spoken, band = view.tags, view.line, view.n, view.spoken, view.band
    values, nouns, joints = view.value_count, view.noun_count, view.joint_count
    low_band, high_band, items, again = view.low_band, view.high_band, view.item, view.again_count
    commas, all_values, stop = min(view.commas, 2), min(view.values, 3), view.full_stop
    first_content, last_content, spelling = view.first, view.last, view.long_form
    at, named, before, left = -1, "", "", ""
    for i, j in spans:
        if i != at:
            at, named = i, _named(view.governors[i][0])
            before = tags[i - 1] if i else "^"
            left = before if before in ",C" else ""
        length, last = j - i, tags[j - 1]
        value = values[j] > values[i]
        kind = "v" if value else last if last in "NXKU" else "w"
        more: More = ()
        mix = ""
        if length == 1:
            shape, rarest, commonest = last, low_band[i], high_band[i]
            spots = ("", "", "")
            if value:
                spots = (view.order[i], spoken[i - 1] if i else "^", spoken[j] if j < n else "$")
            more = ((_SINGLE, (last, band[i], named, view.pieces[i].kind, *spots)),)
        else:
            shape = line[i:j] if length <= 3 else ""
            rarest, commonest = min(low_band[i:j]), max(high_band[i:j])
            if joints[j] > joints[i]:
                mix = "".join(sorted({t for t in line[i:j] if t in "PoTC,"}))
        if i <= first_content < j:
            more = (*more, (_SUBJECT, _subject_values(view, j)))
        after = line[j] if j < n else "$"
        right = after if after in ",C" else ""
        item = items[i] if items[i] == items[j - 1] else _NO_ITEM
        repeated = 0 < again[j] - again[i] < 1000
        bracket = last == ")" and before in "ANXUKL"
        spelled = _long_form(view, i, j) if spelling else ""
        ending = i <= last_content < j
        if ending or right or left or item[1] or repeated or bracket or spelled:
            around = (ending, named, left, right, commas, *item, repeated, bracket, spelled)
            more = (*more, (_NEIGHBOURHOOD, around))
        yield (
            (length if length <= 8 else 8, value, all_values, nouns[j] - nouns[i], mix, shape, last == "#", kind, stop),
            (4 * (i + j) // (2 * n), rarest, commonest),
            more,
        )


def _long_form(view: View, i: int, j: int) -> str:
    """How a candidate stands to a term with its abbreviation: where it begins and where it ends."""
    place = view.long_form.get(i) or view.long_form.get(j - 1)
    if not place:
        return ""
    first, bracket = place
    left = "wide" if i < first else "whole" if i == first else "cut" if i < bracket else "short"
    right = "cut" if j < bracket else "term" if j == bracket else "both" if j == bracket + 3 else "wide"
    return f"{left}/{right}"


def _shape(
    length: int, value: bool, values: int, nouns: int, mix: str, shape: str, number: bool, kind: str, stop: bool
) -> list[str]:
    out = [
        f"length:{length}",
        f"values:{value}{values}",
        f"mix:{nouns}{mix}",
        f"style:{stop}{'#' if length == 1 and number else kind}",
    ]
    if shape:
        out.append(f"shape:{shape}")
    return out


def _setting(position: int, rarest: int, commonest: int) -> list[str]:
    out = [f"position:{position}"]
    if commonest:
        out += (f"rarest:{rarest}", f"commonest:{commonest}")
    return out


def _single(tag: str, band: int, named: str, kind: str, order: str, word_before: str, word_after: str) -> list[str]:
    out = [f"single:{tag}{band}", f"single:{tag}{named}"]
    if order:
        out += (f"value:{order}", f"value:{kind}{word_before}", f"value:{kind}>{word_after}")
    return out


def _subject_values(view: View, j: int) -> tuple[Any, ...]:
    tags, n = view.tags, view.n
    k = next((m for m in range(j, min(n, j + 3)) if tags[m] in "vBbMHd"), -1)
    if k < 0:
        return ("", "", "", "")
    article = view.lows[k + 1] if tags[k] == "B" and k + 1 < n and tags[k + 1] == "D" else ""
    return (tags[j - 1], tags[k], view.lows[k], article)


def _subject(last: str, verb_tag: str, verb: str, article: str) -> list[str]:
    out = ["position:first"]
    if verb:
        out += (f"subject of:{verb_groups().get(verb, verb[:6])}", f"subject:{last}{verb_tag}")
    if article:
        out.append(f"subject:defined {article}")
    return out


def _neighbourhood(
    last: bool,
    named: str,
    left: str,
    right: str,
    commas: int,
    place: int,
    count: int,
    again: bool,
    bracket: bool,
    spelled: str,
) -> list[str]:
    out: list[str] = []
    if last:
        out += ("position:last", f"position:last{named}")
    if left or right:
        out.append(f"list:{left}|{right}{commas}")
    if count:
        where = "first" if place == 1 else "last" if place == count else "middle"
        out.append(f"item:{where}/{min(count, 5)}")
    if bracket:
        out.append("cut left:bracket")
    if again:
        out.append("repeated:all")
    if spelled:
        out.append(f"abbreviation:{spelled}")
    return out


WHOLE: tuple[Group, ...] = (_shape, _setting, _single, _subject, _neighbourhood)
