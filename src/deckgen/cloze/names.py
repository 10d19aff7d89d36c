"""What a word is by its form alone: a drug by its stem, a gene, receptor or cytokine by its pattern, an acronym."""

from __future__ import annotations

import re
from functools import lru_cache

from deckgen.cloze.wordlists import lists

# Stems of international nonproprietary names (WHO, "The use of stems in the selection of INN").
_DRUG = re.compile(
    r"[a-z]{2,24}(?:mab|mig|bart|tug|tinib|ciclib|parib|rafenib|sartan|pril|"
    r"prilat|olol|statin|vastatin|gliptin|gliflozin|glutide|"
    r"glitazone|prazole|tidine|setron|triptan|gepant|cillin|mycin|oxacin|cycline|"
    r"azole|vir|conazole|caine|azepam|azolam|"
    r"barbital|dronate|parin|xaban|gatran|tropium|terol|sone|onide|lukast|"
    r"fibrate|thiazide|semide|dipine|cept|kinra|limus|"
    r"platin|rubicin|taxel|tecan|bine)\Z"
)
_CYTOKINE = re.compile(
    r"(?:IL-?\d{1,2}[A-Z]?|TNF(?:-?[αa])?|IFN-?[αβγabg]?|TGF-?β?\d?|TSLP|"
    r"CC[L]\d{1,2}|CXCL\d{1,2}|(?:G|GM|M)-CSF|TARC|MCP-\d)\Z"
)
_RECEPTOR = re.compile(
    r"(?:IL-?\d{1,2}R[αβγabg]?\d?|CD\d{1,3}[a-zA-Z]?|[A-Z]{2,5}R\d?|(?:CC|CXC)R\d{1,2}|"
    r"TLR\d|5-HT[₀-₉\d][A-Z]?|FcεRI|FcRn|PPAR-?[αγδ])\Z"
)
_KINASE = re.compile(r"(?:JAK\d|TYK2|STAT\d[AB]?|SYK|BTK|IRS\d|MAPK|ERK\d?|PI3K|AKT\d?|mTOR)\Z")
_GENE = re.compile(r"(?:[A-Z][A-Z0-9]{1,5}\d[A-Z0-9]{0,3}|[a-z]{3}[A-Z])\Z")
_ACRONYM = re.compile(r"[A-Z]{2,12}s?\Z")
_MIXED = re.compile(r"(?=.{0,30}[A-Z])(?=.{0,30}(?:[0-9₀-₉⁰¹²³⁺⁻α-ω]|[a-z].?[A-Z])).{2,40}\Z")
_DISEASE = re.compile(
    r"[a-z]{2,24}(?:itis|osis|emia|aemia|oma|pathy|algia|rrhea|plegia|penia|uria|phobia|sclerosis|edema|trophy)\Z"
)
_ENZYME = re.compile(r"[a-z0-9α-ω-]{3,30}ase\Z")
_GREEK = re.compile(r"[Α-ωά-ώ]")


@lru_cache(maxsize=1 << 14)
def form_of(text: str) -> str:
    """The class a word's form gives away (`drug`, `cytokine`, ..), `acronym`, `code`, or an empty string."""
    if len(text) > 40:
        return ""
    if text.isalpha() and text.islower():
        return _lower_form(text)
    if text[1:].islower() and text.isalpha():
        return _lower_form(text.lower())
    for kind, pattern in _PATTERNS:
        if pattern.match(text):
            return kind
    low = text.lower()
    if _ENZYME.match(low) and low not in lists()["not-enzyme"]:
        return "enzyme"
    return "code" if _MIXED.match(text) or _GREEK.search(text) else ""


_PATTERNS = (
    ("cytokine", _CYTOKINE),
    ("receptor", _RECEPTOR),
    ("kinase", _KINASE),
    ("acronym", _ACRONYM),
    ("gene", _GENE),
)


def _lower_form(word: str) -> str:
    if len(word) < 5 or word in lists()["not-form"]:
        return ""
    if _ENZYME.match(word):
        return "" if word in lists()["not-enzyme"] else "enzyme"
    if _DISEASE.match(word):
        return "disease"
    if len(word) > 6 and _DRUG.match(word) and not word.endswith(("ment", "environment")):
        return "drug"
    return ""
