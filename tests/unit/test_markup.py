from __future__ import annotations

import pytest

from deckgen.markup import render, visible_text


@pytest.mark.parametrize(
    ("markdown", "field"),
    [
        ("plain, 38% > 10%", "plain, 38% &gt; 10%"),
        ("a *b* **c**", "a <em>b</em> <strong>c</strong>"),
        ("`x < y`", "<code>x &lt; y</code>"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("<b onclick=x>", "&lt;b onclick=x&gt;"),
        ("{{Back}} {{c1::x}}", "&#123;&#123;Back&#125;&#125; &#123;&#123;c1::x&#125;&#125;"),
        ("[sound:x.mp3] [[type:A]] [latex]x[/latex]", "&#91;sound:x.mp3] &#91;&#91;type:A]] &#91;latex]x&#91;/latex]"),
        ("$x^2$", r"\(x^2\)"),
        ("$$x^2$$", r"\[x^2\]"),
        (r"$\frac{{a}}{b}$", r"\(\frac&#123;&#123;a&#125;&#125;{b}\)"),
        ("costs $5 and $6", "costs $5 and $6"),
        (r"literal \\(x\\)", r"literal <span>\</span>(x<span>\</span>)"),
        ("[a](https://e.org/?x=1&y=2)", '<a href="https://e.org/?x=1&amp;y=2">a</a>'),
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one<br>two"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("&amp; &lt; é", "&amp; &lt; é"),
        ("# Head", "<strong>Head</strong>"),
    ],
)
def test_markdown_becomes_field_html(markdown: str, field: str) -> None:
    assert render(markdown).html == field


def test_a_table_keeps_its_alignment() -> None:
    field = render("| a | b |\n|---|--:|\n| 1 | 2 |").html
    assert field.startswith("<table><thead><tr><th>a</th>")
    assert '<td style="text-align:right">2</td>' in field


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//e.org",
        "x.html",
        "vbscript:x",
    ],
)
def test_links_go_to_the_web_or_nowhere(url: str) -> None:
    rich = render(f"[x]({url})")
    assert [doubt.code for doubt in rich.doubts] == ["unsafe-link"]
    assert "href" not in rich.html


@pytest.mark.parametrize("name", ["http://e.org/a.png", "../a.png", "data:image/png;base64,AA", "none.png"])
def test_pictures_come_from_the_media_folder(name: str) -> None:
    rich = render(f"![x]({name})", {"a.png": "a-1.png"}.get)
    assert [doubt.code for doubt in rich.doubts] == ["missing-media"]
    assert "<img" not in rich.html


def test_a_picture_is_named_by_its_packaged_name() -> None:
    rich = render('![a "quote" {{x}}](my%20a.png)', {"my a.png": "my-a-1.png"}.get)
    assert rich.html == '<img src="my-a-1.png" alt="a &quot;quote&quot; &#123;&#123;x&#125;&#125;">'
    assert rich.images == ("my a.png",)


def test_what_stands_in_place_of_a_picture_is_text_without_marks() -> None:
    html = render(r"![a *b* `c` $d$ \[e\] &amp;" + "\nf ![g](i.png)](h.png)", str).html
    assert html == '<img src="h.png" alt="a b c d &#91;e] &amp; f g">'


@pytest.mark.parametrize(
    "markdown",
    [
        "a *b* `c` $d$",
        "one\n\ntwo\n\n- a\n- b",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "x < y & z {{a}} [b] \\\\ end",
        "```\nx\ny\n```",
    ],
)
def test_what_a_reader_sees_can_be_read_from_the_field(markdown: str) -> None:
    rich = render(markdown)
    assert visible_text(rich.html) == rich.text


def test_formulas_and_code_are_whole() -> None:
    rich = render("a `b c` and $d e$")
    assert [rich.text[start:end] for start, end in rich.atoms] == ["b c", r"\(d e\)"]


def test_a_formula_at_the_beginning_is_one_whatever_the_last_character() -> None:
    assert render("$x_1$ is [3](https://a.example) or 3").html.startswith("\\(x_1\\) is")
    assert render("$x_1$ is 3").html == "\\(x_1\\) is 3"
