"""Closed classes of English words, and words too general to ask for."""

from __future__ import annotations

DETERMINERS = frozenset("a an the this that these those its their his her our your my".split())
STOP = frozenset(
    """a an the this that these those it its they them their he his she her we us our you your i me my mine and or but nor so if
    then than as of in on at by to from for with without within into onto over under between among through during before
    after above below up down out off about against per via is are was were be been being am do does did done doing has have
    had having can could may might must shall should will would not no yes which who whom whose what when where why how there here all
    any both each few more most other others some such only own same too very also just because while until again
    further once e.g i.e eg ie etc vs versus one two every almost nearly approximately together fully either neither although though
    since upon whether whereas unlike like toward towards despite except instead rather even still yet thus hence therefore however
    never ever always another cannot n't s t de la le les el los der die das und et""".split()
)
GENERIC = frozenset(
    """use used uses using thing things kind kinds type types way ways part parts form forms case cases number numbers example
    examples called known name named include includes including included make makes made made-up give gives given take takes taken find
    finds found occur occurs set sets group groups several many much lot lots different various certain main important common
    usually often generally typically mostly sometimes always process result results due amount level levels value values
    period time times place places person people something someone anything everything nothing another based related following first second new old
    good bad big small high low large great able like well even still however therefore thus seen shown reported patients patient
    subject subjects study studies trial trials effect effects role year years week weeks month months day days hour hours""".split()
)
