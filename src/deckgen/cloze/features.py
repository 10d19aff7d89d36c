"""What speaks for and against hiding a stretch of a fact, as named features.

A candidate [i, j) of pieces has four parts: each piece in it, its beginning with what stands before, its end with
what follows, and the stretch as a whole. Each part is a few groups; a group is a function of a handful of small values,
so that its sum of weights can be remembered. A feature is named `family:value`; the family tells an author what it is
about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from deckgen.cloze.wordlists import lists, verb_groups

if TYPE_CHECKING:
    from deckgen.cloze.view import View

Group = Callable[..., list[str]]
Call = tuple[Group, tuple[Any, ...]]
_NAMED_GOVERNORS = frozenset(["V", "^", ",", "C", "of", "in", "with", "by", "for", "to", "from", "at"])


def piece_call(view: View, k: int) -> Call:
    """The group of one piece inside a candidate, whatever its ends."""
    return _piece, (view.tags[k], view.spoken[k], view.pieces[k].form, view.again[k])


def _piece(tag: str, word: str, form: str, again: bool) -> list[str]:
    out = [f"holds:{tag}"]
    if tag in "PoCTWDQR":
        out.append(f"holds word:{word}")
    if form:
        out.append(f"form:{form}")
    if again:
        out.append("repeated:word")
    return out


def start_calls(view: View, i: int) -> tuple[Call, ...]:
    """The groups of a candidate that begins at piece i, whatever its end."""
    tags, lows, tag = view.tags, view.lows, view.tags[i]
    if i:
        before, word_before, band_before = tags[i - 1], view.spoken[i - 1], view.band[i - 1]
        low_before = lows[i - 1] if before in "NXAvdbgRGJ" else ""
        parallel = before in "ANXUKvbdP" and lows[i - 1] in view.fans_out
    else:
        before, word_before, band_before, low_before, parallel = "^", "^", 0, "", False
    class_ = lows[i - 1] if before == "D" and i > 1 and tags[i - 2] == "B" else ""
    governor = view.governors[i]
    clause = min(view.clause[i], 2)
    role = "subject" if i < view.first_verb[i] else "rest"
    kind = tag if tag in "%qy#" else "w"
    contrast = "" if view.contrast < 0 else f"{i > view.contrast}"
    return (
        (_beginning, (before, tag, view.band[i], band_before, parallel)),
        (_neighbour, (word_before, view.spoken[i], low_before[:7], class_)),
        (_opening, (view.opener[i], tag if tag in "NXK%q" else "_")),
        (_government, (*governor, kind)),
        (_role, (role, clause, _named(governor[0]), kind, min(view.values_in[view.clause[i]], 2), contrast)),
        (_place, (clause, min(view.clauses, 3), view.place[i], _named(governor[0]), kind, min(view.phrases, 9))),
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


def _opening(opener: str, tag: str) -> list[str]:
    return [f"opener:{opener}", f"opener:{opener}{tag}"]


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


def end_calls(view: View, j: int) -> tuple[Call, ...]:
    """The groups of a candidate that ends before piece j, whatever its beginning."""
    tags, lows, tag = view.tags, view.lows, view.tags[j - 1]
    here = view.phrase[j - 1]
    left = min(view.phrases - 1 - here, 4) if here >= 0 else 4
    if j < view.n:
        after, word_after, low_after = tags[j], view.spoken[j], lows[j][:7] if tags[j] in "NXA" else ""
        parallel = after in "ANXUKvbdo" and lows[j] in view.fans_in
        inner = (tags[j + 1] if j + 1 < view.n else "$") if after == "(" else ""
        contrast = view.contrast == j
    else:
        after, word_after, low_after, parallel, inner, contrast = "$", "$", "", False, "", False
    low = lows[j - 1] if tag in "NXAK" else ""
    return (
        (_ending, (tag, after, left, parallel, inner, contrast)),
        (_follower, (view.spoken[j - 1], word_after, low_after)),
        (_head, (tag, low, view.band[j - 1])),
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


def span_calls(view: View, i: int) -> Callable[[int], tuple[Call, ...]]:
    """For the candidates that begin at piece i: a function from where one ends to the groups of the whole."""
    tags, n, first_verb = view.tags, view.n, view.first_verb[i]
    clause, clauses, opener = min(view.clause[i], 2), min(view.clauses, 3), view.opener[i]
    values, nouns, joints = view.value_count, view.noun_count, view.joint_count
    all_values, stop = min(view.values, 3), view.full_stop
    governor = view.governors[i][0]
    named = _named(governor)
    pushing = governor == "V" and i > 0 and tags[i - 1] in "vbdgG"
    word_before = view.spoken[i - 1] if i else "^"

    def calls(j: int) -> tuple[Call, ...]:
        length, last = j - i, tags[j - 1]
        short = min(length, 3)
        value = values[j] > values[i]
        mix = "".join(sorted({t for t in tags[i:j] if t in "PoTC,"})) if joints[j] > joints[i] else ""
        kind = "v" if value else last if last in "NXKU" else "w"
        role = "before" if j <= first_verb else "after" if i > first_verb else "across"
        pushed = (j < n and tags[j] in "NXUKAL") if pushing else None
        shape = "".join(tags[i:j]) if length <= 3 else ""
        whole = (min(length, 8), value, all_values, nouns[j] - nouns[i], mix, shape, last == "#", kind, stop)
        bands = (min(view.low_band[i:j]), max(view.high_band[i:j]))
        out: list[Call] = [
            (_shape, whole),
            (_standing, (governor, named, kind, role, clause, short, clauses, pushed)),
            (_setting, (opener, kind, 4 * (i + j) // (2 * n), *bands)),
        ]
        if length == 1:
            order = view.order[i] if value else ""
            spots = (word_before, view.spoken[j] if j < n else "$") if value else ("", "")
            out.append((_single, (last, view.band[i], named, order, view.pieces[i].kind, *spots)))
        if i <= view.first < j:
            out.append((_subject, _subject_values(view, j)))
        return (*out, *_company(view, i, j, named))

    return calls


def _company(view: View, i: int, j: int, named: str) -> tuple[Call, ...]:
    """Groups that few candidates have: the last phrase, items of a list, words that come again."""
    tags, n = view.tags, view.n
    before, after = tags[i - 1] if i else "^", tags[j] if j < n else "$"
    last = i <= view.last < j
    place, count = view.item[i]
    item = (place, count) if count and view.item[j - 1] == (place, count) else (0, 0)
    again = 0 < view.again_count[j] - view.again_count[i] < 1000
    bracket = tags[j - 1] == ")" and before in "ANXUKL"
    spelled = _long_form(view, i, j) if view.long_form else ""
    if not (last or item[1] or again or bracket or spelled or before in ",C" or after in ",C"):
        return ()
    side = before if before in ",C" else "", after if after in ",C" else ""
    return ((_neighbourhood, (last, named, *side, min(view.commas, 2), *item, again, bracket, spelled)),)


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


def _standing(
    governor: str, named: str, kind: str, role: str, clause: int, length: int, clauses: int, pushed: bool | None
) -> list[str]:
    out = [f"governor:{governor}>{kind}", f"role:{role}{clause}{named}", f"role:{role}{clause}{length}{clauses}"]
    if pushed is not None:
        out.append(f"object:{length}{pushed}")
    return out


def _setting(opener: str, kind: str, position: int, rarest: int, commonest: int) -> list[str]:
    out = [f"opener:{opener}>{kind}", f"position:{position}"]
    if commonest:
        out += (f"rarest:{rarest}", f"commonest:{commonest}")
    return out


def _single(tag: str, band: int, named: str, order: str, kind: str, word_before: str, word_after: str) -> list[str]:
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
