// The page of cards: the search, the filters and the list of what they leave.
"use strict";

// Filters. Within one filter any of the chosen values counts, and all filters must agree.

function makeFacets() {
  const severities = [["error", "Errors"], ["warning", "Warnings"], ["none", "None"]];
  const several = (column) => (entry, take) => entry[column].forEach(take);
  const one = (column) => (entry, take) => take(entry[column]);
  const marks = (entry, take) => {
    entry[CODES].forEach((code) => take(3 + code));
    const found = new Set(entry[CODES].map((code) => deck.codes[code][1]));
    severities.forEach(([name], place) => (found.size ? found.has(name) : name === "none") && take(place));
  };
  const withdrawn = deck.entries.some((entry) => entry[WITHDRAWN]);
  const kinds = [...deck.kinds, ...(withdrawn ? ["withdrawn"] : [])];
  const kind = (entry, take) => take(entry[WITHDRAWN] ? deck.kinds.length : entry[KIND]);
  const all = [
    { key: "topic", label: "Topic", names: deck.topics, each: one(TOPIC) },
    { key: "kind", label: "Kind", names: kinds, each: kind },
    { key: "tag", label: "Tag", names: deck.tags, each: several(TAGS) },
    { key: "source", label: "Source", names: deck.sources.map(([, title]) => title), each: several(SOURCES) },
    { key: "mark", label: "Diagnostics", names: [...severities.map(([, name]) => name), ...deck.codes.map(([code]) => code)], each: marks },
    { key: "since", label: `Since ${deck.since}`, names: deck.changes, each: several(CHANGES) },
  ];
  return all.filter((facet) => facet.names.length && (facet.key !== "since" || deck.since !== null));
}

const chosenOf = (facet) => state.chosen[facet.key] ?? [];

function agrees(entry, facet) {
  const wanted = chosenOf(facet);
  if (!wanted.length) return true;
  let found = false;
  facet.each(entry, (place) => (found ||= wanted.includes(facet.names[place])));
  return found;
}

/** The places of entries that hold all parts of the query and agree with all filters but one. */
function selected(except) {
  const wanted = parts(state.query);
  const active = facets.filter((facet) => facet !== except && chosenOf(facet).length);
  const found = [];
  for (let place = 0; place < deck.entries.length; place++) {
    const text = texts ? texts[place] : folded(deck.entries[place][TITLE]);
    if (wanted.every((part) => text.includes(part)) && active.every((facet) => agrees(deck.entries[place], facet))) found.push(place);
  }
  return found;
}

function showFacets() {
  byId("_facets").replaceChildren(
    ...facets.map((facet) => {
      const chosen = chosenOf(facet).length;
      const open = state.open === facet.key;
      const button = make("button", { type: "button", "aria-expanded": String(open), "aria-controls": "_panel" }, facet.label);
      if (chosen) button.append(make("span", { class: "count" }, String(chosen), make("span", { class: "unseen" }, " chosen")));
      button.onclick = () => {
        state.open = open ? "" : facet.key;
        showFacets();
        byId("_facets").children[facets.indexOf(facet)].focus();
      };
      return button;
    }),
  );
  showPanel();
}

function showPanel() {
  const panel = byId("_panel");
  const facet = facets.find(({ key }) => key === state.open);
  panel.hidden = !facet;
  if (!facet) return panel.replaceChildren();
  const counts = facet.names.map(() => 0);
  for (const place of selected(facet)) facet.each(deck.entries[place], (name) => counts[name]++);
  const chosen = chosenOf(facet);
  const order = facet.names.map((_, place) => place).filter((place) => counts[place] || chosen.includes(facet.names[place]));
  if (facet.key === "tag" || facet.key === "source") order.sort((a, b) => counts[b] - counts[a] || (facet.names[a] < facet.names[b] ? -1 : 1));
  const top = panel.scrollTop;
  panel.replaceChildren(
    make("fieldset", {}, make("legend", { class: "unseen" }, facet.label), ...order.map((place) => choice(facet, place, counts[place]))),
  );
  panel.scrollTop = top;
}

function choice(facet, place, count) {
  const name = facet.names[place];
  const box = make("input", { type: "checkbox", checked: chosenOf(facet).includes(name) });
  box.onchange = () => {
    const others = chosenOf(facet).filter((other) => other !== name);
    state.chosen[facet.key] = box.checked ? [...others, name] : others;
    find();
    showFacets();
    [...byId("_panel").querySelectorAll("label")].find((label) => label.dataset.name === name)?.querySelector("input").focus();
  };
  return make("label", { dir: "auto", "data-name": name }, box, make("span", {}, name), make("span", { class: "count" }, number(count)));
}

function find() {
  matches = selected();
  const all = deck.entries.length;
  const narrowed = Boolean(state.query.trim()) || facets.some((facet) => chosenOf(facet).length);
  byId("_count").textContent = narrowed ? `${number(matches.length)} of ${number(all)} entries` : `${number(all)} entries`;
  byId("_clear").hidden = !narrowed;
  byId("_rows").style.height = `${matches.length * ROW}px`;
  showRows();
}

function clear() {
  Object.assign(state, { query: "", chosen: {} });
  byId("_q").value = "";
  find();
  showFacets();
}

// The list holds only the rows in sight.

function showRows() {
  const list = byId("_list");
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 4);
  const last = Math.min(matches.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 4);
  const wanted = parts(state.query);
  const rows = [];
  for (let row = first; row < last; row++) rows.push(listRow(row, wanted));
  const here = matches.indexOf(current);
  if (here >= 0 && (here < first || here >= last)) rows.push(listRow(here, wanted)); // named by aria-activedescendant
  byId("_rows").replaceChildren(...rows);
  if (here >= 0) list.setAttribute("aria-activedescendant", `_row-${here}`);
  else list.removeAttribute("aria-activedescendant");
}

function listRow(row, wanted) {
  const entry = deck.entries[matches[row]];
  const severities = entry[CODES].map((code) => deck.codes[code][1]);
  const marks = [];
  if (severities.includes("error")) marks.push(make("span", { class: "mark error" }, "error"));
  else if (severities.length) marks.push(make("span", { class: "mark warning" }, "warning"));
  if (entry[WITHDRAWN]) marks.push(make("span", { class: "mark" }, "withdrawn"));
  for (const change of entry[CHANGES]) marks.push(make("span", { class: "mark change" }, deck.changes[change]));
  const element = make(
    "div",
    { role: "option", id: `_row-${row}`, "aria-selected": String(matches[row] === current), "aria-setsize": matches.length, "aria-posinset": row + 1, style: `top:${row * ROW}px` },
    make("span", { class: "title", dir: "auto" }, ...marked(entry[TITLE], wanted)),
    make("span", { class: "under" }, `${deck.topics[entry[TOPIC]]} · ${deck.kinds[entry[KIND]]}`, ...marks.flatMap((mark) => [" ", mark])),
  );
  element.onclick = () => {
    go(matches[row], true);
    byId("_list").focus({ preventScroll: true });
  };
  return element;
}

/** A text with the parts of a query marked, as far as folding keeps its length. */
function marked(text, wanted) {
  const plain = text.toLowerCase();
  const places = wanted.map((part) => [plain.indexOf(part), part.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0]);
  const out = [];
  let done = 0;
  for (const [at, length] of places) {
    if (at < done) continue;
    out.push(text.slice(done, at), make("mark", {}, text.slice(at, at + length)));
    done = at + length;
  }
  return [...out, text.slice(done)];
}

function reveal() {
  const list = byId("_list");
  const row = matches.indexOf(current);
  if (row < 0 || !list.clientHeight) return;
  const top = row * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
}
