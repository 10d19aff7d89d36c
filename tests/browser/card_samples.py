"""Notes of several subjects that show what cards must cope with, as the fields a package holds."""

from __future__ import annotations

from dataclasses import dataclass

_SOURCES = (
    '<ul><li><a href="https://www.ipcc.ch/report/ar6/wg1/">Climate Change 2021: The Physical Science Basis</a>,'
    " IPCC, 2021, chapter 2.3</li>"
    '<li><a href="https://www.noaa.gov/">State of the Ocean</a>, NOAA, 2024-06, table 4</li></ul>'
)
_IMAGE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 640 320'%3E"
    "%3Crect width='640' height='320' fill='%23cfe3f2'/%3E%3Cpath d='M0 220 Q160 120 320 210 T640 190 V320 H0z'"
    " fill='%235b8db8'/%3E%3Cpath d='M0 260 Q200 190 400 260 T640 240 V320 H0z' fill='%23315f8a'/%3E%3C/svg%3E"
)
_COMMON = {
    "Context": "Oceans",
    "Sources": _SOURCES,
    "AsOf": "2024-06",
    "ReviewBy": "2031-01-01",
    "Region": "EU",
    "Entry": "sample-entry",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One card: the key of its note type, its fields by name, its ordinal."""

    kind: str
    fields: dict[str, str]
    ordinal: int = 0


def _sample(kind: str, ordinal: int = 0, /, **fields: str) -> Sample:
    return Sample(kind, _COMMON | fields, ordinal)


_CHOICES = {
    "Question": "Which gas makes up most of Earth’s atmosphere?",
    "Options": '<ul class="options"><li>Argon</li><li>Carbon dioxide</li><li>Nitrogen</li><li>Oxygen</li></ul>',
    "Answer": "Nitrogen",
    "Review": (
        '<ul class="options"><li class="wrong">Argon<span class="why">Third, with 0.9 %.</span></li>'
        '<li class="wrong">Carbon dioxide<span class="why">0.04 %: it matters by its absorption, not by its'
        ' amount.</span></li><li class="right">Nitrogen</li>'
        '<li class="wrong">Oxygen<span class="why">Second, with 21 %.</span></li></ul>'
    ),
    "Context": "Atmosphere",
    "Sources": (
        '<ul><li><a href="https://www.noaa.gov/jetstream/atmosphere">The Atmosphere</a>, NOAA, 2024-07</li></ul>'
    ),
    "Explanation": "<p>Nitrogen is inert at surface temperatures, so it has gathered over billions of years.</p>",
}
_STEPS = [
    "Prophase: the chromosomes condense", "Prometaphase: the envelope breaks down",
    "Metaphase: the chromosomes line up", "Anaphase: the chromatids part",
    "Telophase: two envelopes form", "Cytokinesis: the cell divides",
]  # fmt: skip


def _prompt(number: int) -> str:
    earlier = "".join(f'<span class="step">{step}</span>' for step in _STEPS[: number - 1])
    return f'{{{{c{number}::<i></i>::<span class="steps">{earlier}<span class="step ask">?</span></span>}}}}'


_SEQUENCE = {
    "Question": "What are the phases of mitosis, in order?",
    "Prompts": "".join(_prompt(n) for n in range(1, len(_STEPS) + 1)),
    "Content": '<ol class="steps">'
    + "".join(f"<li>{{{{c{n}::{step}}}}}</li>" for n, step in enumerate(_STEPS, 1))
    + "</ol>",
    "Context": "Cell biology",
    "Explanation": "<p>Cytokinesis overlaps with telophase in most animal cells.</p>",
}
_COLUMNS = ["Symbol", "Melting point", "Boiling point", "Density", "Discovered", "Named after"]
_ROWS = {
    "Gallium": ["Ga", "29.8 °C", "2,400 °C", "5.91 g/cm³", "1875", "Gaul"],
    "Caesium": ["Cs", "28.4 °C", "671 °C", "1.93 g/cm³", "1860", "the sky blue of its lines"],
    "Mercury": ["Hg", "−38.8 °C", "357 °C", "13.53 g/cm³", "antiquity", "the planet"],
}
_CELLS = [(row, i, cell) for row, cells in _ROWS.items() for i, cell in enumerate(cells)]
_TABLE = {
    "Question": "Metals that melt near room temperature",
    "Context": "Chemistry",
    "Sources": '<ul><li><a href="https://pubchem.ncbi.nlm.nih.gov/periodic-table/">Periodic Table of Elements</a>,'
    " PubChem, 2025</li></ul>",
    "Prompts": "".join(
        f'{{{{c{n}::<i></i>::<span class="cell"><span class="row">{row}</span>'
        f' <span class="column">{_COLUMNS[i]}</span></span>}}}}'
        for n, (row, i, _) in enumerate(_CELLS, 1)
    ),
    "Content": "<table><thead><tr><td></td>"
    + "".join(f'<th scope="col">{column}</th>' for column in _COLUMNS)
    + "</tr></thead><tbody>"
    + "".join(
        f'<tr><th scope="row">{row}</th>'
        + "".join(f"<td>{{{{c{n}::{cell}}}}}</td>" for n, (of, _, cell) in enumerate(_CELLS, 1) if of == row)
        + "</tr>"
        for row in _ROWS
    )
    + "</tbody></table>",
}

SAMPLES = {
    "basic": _sample(
        "basic",
        Question="Which current carries warm water from the Gulf of Mexico towards Europe?",
        Answer="The Gulf Stream",
        Explanation="<p>It leaves the Gulf through the <strong>Straits of Florida</strong> and turns east off"
        " Newfoundland, where it becomes the North Atlantic Current.</p><ul><li>up to 2 m/s at the surface</li>"
        "<li>about 100 km wide</li></ul>",
    ),
    "basic-long": _sample(
        "basic",
        Question="<p>A function must return the largest of three numbers. Why does this one fail for"
        " <code>largest(3, 2, 3)</code>?</p><pre><code>def largest(a, b, c):\n    if a &gt; b and a &gt; c: return a"
        "\n    if b &gt; a and b &gt; c: return b  # and so on, for the last of the three numbers"
        "\n    if c &gt; a and c &gt; b: return c</code></pre>",
        Answer="<p>No number is <em>strictly</em> greater than both others when two are equal, so no branch is taken"
        " and the function returns <code>None</code>.</p>",
        Notice="<p><strong>Corrected on 2026-03-02.</strong> The earlier text named the wrong line.</p>",
        Context="Programming",
        Image=f'<img src="{_IMAGE}" alt="Three waves of equal height">',
        Explanation="<p>Use <code>&gt;=</code>, or <code>max(a, b, c)</code>.</p>",
    ),
    "basic-bare": Sample("basic", {"Question": "2 + 2?", "Answer": "4", "Entry": "sum"}),
    "typed": _sample("basic", Question="What is the capital of Mongolia?", Answer="Ulaanbaatar", Typed="Ulaanbaatar",
                     Context="Capitals"),
    "reverse": _sample("basic", 1, Question="La bibliothèque", Answer="the library", Reverse="1", Context="French"),
    "reverse-retired": _sample("basic", 1, Question="La bibliothèque", Answer="the library",
                               Stubs="This card was retired: only the French side is asked now.", Context="French"),
    "choice": _sample("choice", **_CHOICES),
    "cloze-greek": _sample(
        "cloze",
        Text="Interferon-γ signals through {{c1::JAK1::kinase}} and {{c2::JAK2}} to phosphorylate"
        " {{c1::STAT1α}} at Tyr701, which raises expression of MHC II 3–5-fold.",
        Context="Immunology",
        Sources='<ul><li><a href="https://www.uniprot.org/uniprotkb/P42224/entry">STAT1, human</a>, UniProt, 2026,'
        " Function</li></ul>",
        Region="",
        Explanation="<p>STAT1α homodimers bind <em>gamma-activated sites</em> (GAS).</p>",
    ),
    "cloze-formula": _sample(
        "cloze",
        Text=r"The {{c1::variance}} of a sum is \(\operatorname{Var}(X+Y)=\operatorname{Var}(X)+\operatorname{Var}(Y)"
        r"+2\operatorname{Cov}(X,Y)\), so for {{c2::uncorrelated}} variables the last term vanishes.",
        Context="Statistics",
    ),
    "cloze-rtl": _sample(
        "cloze", 1,
        Text="عاصمة مصر هي {{c1::القاهرة}} ويجري فيها نهر {{c2::النيل::نهر}} من الجنوب إلى الشمال.",
        Context="جغرافيا", Explanation="<p>طوله نحو 6650 كم.</p>",
    ),
    "cloze-retired": _sample(
        "cloze", 2,
        Text="Whales are {{c1::mammals}}.", Context="Zoology",
        Stubs="{{c3::It asked for <b>warm-blooded</b>. This is no longer asked.::This blank was retired}}"
        "{{c4::It asked for <b>large</b>. This is no longer asked.::This blank was retired}}",
    ),
    "cloze-withdrawn": _sample(
        "cloze",
        Text="Pluto is the {{c1::ninth}} planet of the Solar System.", Context="Astronomy",
        Notice="<p><strong>Withdrawn on 2026-01-15.</strong> Pluto has been a dwarf planet since 2006.</p>",
        ReviewBy="2020-01-01",
    ),
    "sequence": _sample("ordered", 4, **_SEQUENCE),
    "sequence-last": _sample("ordered", 5, **_SEQUENCE),
    "sequence-first": _sample("ordered", 0, **_SEQUENCE),
    "table": _sample("ordered", 9, **_TABLE),
    "table-last": _sample("ordered", 17, **_TABLE),
}  # fmt: skip
