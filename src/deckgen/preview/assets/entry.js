// The page of cards: one entry, its cards and all that is said about it.
"use strict";

async function showEntry() {
  const turn = ++shown;
  const place = current;
  const portion = Math.floor(place / deck.portion);
  const file = `entries-${String(portion).padStart(4, "0")}`;
  const entry = (await load(file))[place % deck.portion];
  for (const name of new Set(entry.cards.flatMap((card) => pictures(card[2] + card[3])))) media.set(name, await load(`media:${name}`, name));
  if (turn !== shown) return;
  const summary = deck.entries[place];
  document.title = `${summary[TITLE].slice(0, 60)} – ${deck.name}`;
  const beside = [marksOf(summary, entry), diagnosticsOf(entry), changesOf(entry), whyOf(entry), sourcesOf(entry)];
  const host = byId("_entry");
  let cards = host.querySelector(".cards");
  if (!cards) {
    host.replaceChildren(make("h1", { class: "unseen", id: "_title" }), make("div", { class: "both" }, (cards = make("div", { class: "cards" })), make("aside", { class: "beside", "aria-label": "About this entry" })));
    host.removeAttribute("aria-busy");
  }
  byId("_title").textContent = summary[TITLE];
  host.querySelector(".beside").replaceChildren(...beside.filter(Boolean));
  showCards(cards, entry);
  const row = matches.indexOf(place);
  byId("_before").disabled = row === 0;
  byId("_after").disabled = row === matches.length - 1;
  if (waitingScroll !== null) {
    settling = waitingScroll;
    waitingScroll = null;
    const view = byId("_main");
    const settle = (left, was) => {
      const goneOn = turn !== shown || view.scrollTop < was;
      if (!goneOn) view.scrollTop = settling; // cards grow to their height as they come
      if (!goneOn && left && view.scrollTop < settling) setTimeout(settle, 50, left - 1, view.scrollTop);
      else settling = null;
    };
    settle(200, 0);
  }
}

function section(title, ...children) {
  return make("section", {}, make("h2", {}, title), ...children);
}

function marksOf(summary, entry) {
  const link = make("a", { href: `#${summary[ID]}`, class: "permanent" }, summary[ID]);
  const rows = [
    ["Entry", link],
    ["Topic", deck.topics[summary[TOPIC]]],
    ["Kind", deck.kinds[summary[KIND]] + (summary[WITHDRAWN] ? ", withdrawn" : "")],
    ["Tags", summary[TAGS].map((tag) => deck.tags[tag]).join(", ")],
    ["Region", entry.region],
    ["As of", entry.as_of],
    ["Review by", entry.review_by],
    ["Needs", entry.needs && make("span", {}, ...entry.needs.flatMap((id, at) => [at ? ", " : "", make("a", { href: `#${id}` }, id)]))],
    ["File", make("code", {}, `${entry.place[0]}:${entry.place[1]}`)],
  ];
  const list = rows.filter(([, value]) => value).map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", { dir: "auto" }, value)));
  return make("section", { class: "facts" }, make("h2", { class: "unseen" }, "Entry"), make("dl", {}, ...list));
}

function diagnosticsOf(entry) {
  if (!entry.diagnostics) return null;
  return section(
    "Diagnostics",
    ...entry.diagnostics.map((found) => {
      const [before, text, after] = found.line;
      return make(
        "article",
        { class: `diagnostic ${found.severity}` },
        make("p", { class: "what" }, make("span", { class: "severity" }, found.severity), ` ${found.message}`),
        before || text || after ? make("pre", { dir: "ltr", tabindex: 0 }, make("code", {}, before, text ? make("mark", {}, text) : "", after)) : null,
        ...(found.labels ?? []).map(([message, place]) => make("p", { class: "label" }, `${message}: `, make("code", {}, place))),
        found.help ? make("p", { class: "help" }, found.help) : null,
        make("p", { class: "where" }, make("code", {}, found.place), " ", make("code", {}, found.code)),
      );
    }),
  );
}

function changesOf(entry) {
  if (!entry.changes) return null;
  return section(
    `Since ${deck.since}`,
    ...entry.changes.map((change) =>
      make(
        "div",
        { class: "changed" },
        make("p", {}, make("strong", {}, change.what), change.fields ? `: ${change.fields.join(", ")}` : ""),
        change.before ? make("p", { dir: "auto" }, make("del", {}, change.before)) : null,
        change.after ? make("p", { dir: "auto" }, make("ins", {}, change.after)) : null,
        ...(change.cards ?? []).map(([what, card, answer]) => make("p", { dir: "auto" }, `${what} card ${card}: ${answer}`)),
      ),
    ),
  );
}

function whyOf(entry) {
  if (!entry.why) return null;
  const weights = (reasons) => reasons.map(([name, weight]) => make("li", {}, make("span", {}, name), " ", make("span", { class: weight < 0 ? "weight against" : "weight" }, `${weight < 0 ? "−" : "+"}${Math.abs(weight)}`)));
  const blanks = entry.why.blanks.map(([card, text, hint, reasons, said]) =>
    make("li", { value: card }, make("strong", { dir: "auto" }, text), hint ? ` (hint: ${hint})` : "", said ? make("p", { class: "said" }, said) : null, reasons.length ? make("ul", { class: "weights" }, ...weights(reasons)) : null),
  );
  const others = entry.why.others.map(([text, whyNot, reasons]) =>
    make("li", {}, make("span", { dir: "auto", class: "other" }, text), ` – ${whyNot}`, reasons.length ? make("ul", { class: "weights" }, ...weights(reasons)) : null),
  );
  const rest = others.length ? make("details", {}, make("summary", {}, "Not hidden"), make("ul", { class: "others" }, ...others)) : null;
  return section("Why these blanks", make("ol", { class: "blanks" }, ...blanks), rest);
}

function sourcesOf(entry) {
  if (!entry.cites.length) return null;
  const titles = new Map(deck.sources);
  return section(
    "Sources",
    make("ul", { class: "cites" }, ...entry.cites.map(([key, place]) => make("li", { dir: "auto" }, make("a", { href: `sources.html#${encodeURIComponent(key)}` }, titles.get(key) ?? key), place ? `, ${place}` : ""))),
  );
}
