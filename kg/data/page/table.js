// The same data as tables: what is tied to what, and who there is.
const PAGE = 100;
const order = { ties: ["claims", -1], entities: ["ties", -1] };
let tab = "ties",
  rows = PAGE;

const COLUMNS = {
  ties: [
    ["subject", (g) => nameOf(g.s), (g) => nodeButton(g.s)],
    [
      "relation",
      (g) => nameOf(g.r),
      (g) =>
        button(
          [stroke(g.r.kind, g.status !== "stated"), el("span", {}, nameOf(g.r))],
          () => openEdge(edgeBetween(g.s, g.o), g),
          { class: "fact", "data-key": `tg${g.s.i}-${g.r.i}-${g.o.i}-${g.status}` },
        ),
    ],
    ["object", (g) => nameOf(g.o), (g) => nodeButton(g.o)],
    ["status", (g) => statusName(g.status)],
    ["claimsHead", (g) => g.claims.length, null, "claims"],
    ["sourcesHead", (g) => sourcesOf(g.claims), null, "sources"],
    [
      "confidenceHead",
      (g) => Math.max(...g.claims.map((c) => c.confidence)),
      (g) => percent(Math.max(...g.claims.map((c) => c.confidence))),
    ],
    ["lastDate", (g) => lastDate(g.claims), (g) => dayText(lastDate(g.claims))],
  ],
  entities: [
    ["name", (n) => nameOf(n), (n) => nodeButton(n)],
    ["type", (n) => singular(n.type)],
    ["ties", (n) => seenEdges(n).length],
    ["claimsHead", (n) => n.edges.reduce((t, e) => t + (V.solid.get(e) || []).length, 0), null, "claims"],
    ["importance", (n) => n.importance, (n) => percent(n.importance)],
  ],
};

const statusName = (status) => (status === "stated" ? say("stated") : nameOf(LOOK.statuses[status]));
const lastDate = (claims) => claims.reduce((m, c) => (c.date > m ? c.date : m), "");
const keyOf = ([name, , , key]) => key || name;

function syncTable() {
  const table = S.view === "table";
  $("table").hidden = !table;
  $("stage").hidden = table;
  $("view").textContent = say(table ? "graph" : "table");
  $("view").setAttribute("aria-pressed", String(table));
  if (table) keepFocus($("table"), buildTable);
}

function buildTable() {
  const columns = COLUMNS[tab],
    data = tab === "ties" ? groups(V.kept) : [...V.nodes];
  const [by, way] = order[tab];
  const value = (columns.find((c) => keyOf(c) === by) || columns[0])[1];
  const keyed = data.map((item) => [value(item), item]);
  keyed.sort(([a], [b]) => (typeof a === "number" ? a - b : a.localeCompare(b, S.lang)) * way);
  fill(
    $("table"),
    el(
      "div",
      { class: "tabs", role: "group", "aria-label": say("table") },
      ["ties", "entities"].map((t) =>
        button(
          say(t === "ties" ? "relations" : "entities"),
          () => {
            tab = t;
            rows = PAGE;
            buildTable();
          },
          { "aria-pressed": String(t === tab), "data-key": "tab" + t },
        ),
      ),
      el("span", { class: "quiet small" }, say("tableShown", { n: Math.min(rows, keyed.length), of: keyed.length })),
    ),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": say("table") },
      el(
        "table",
        {},
        el("caption", { class: "hidden" }, say(tab === "ties" ? "relations" : "entities")),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            columns.map((c) =>
              el(
                "th",
                { scope: "col", "aria-sort": keyOf(c) === by ? (way > 0 ? "ascending" : "descending") : "none" },
                button(
                  [
                    say(c[0]),
                    el("span", { class: "order", "aria-hidden": "true" }, keyOf(c) === by ? (way > 0 ? "▲" : "▼") : ""),
                  ],
                  () => {
                    order[tab] = [keyOf(c), keyOf(c) === by ? -way : 1];
                    keepFocus($("table"), buildTable);
                  },
                  { "data-key": "sort" + keyOf(c) },
                ),
              ),
            ),
          ),
        ),
        el(
          "tbody",
          {},
          keyed.slice(0, rows).map(([, item]) =>
            el(
              "tr",
              { class: item.status && item.status !== "stated" ? "unsure" : null },
              columns.map(([, plain, shown]) =>
                el(
                  "td",
                  { class: typeof plain(item) === "number" ? "num" : null },
                  shown ? shown(item) : typeof plain(item) === "number" ? number(plain(item)) : bdi(plain(item)),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    keyed.length > rows
      ? button(
          say("rows"),
          () => {
            rows += 4 * PAGE;
            keepFocus($("table"), buildTable);
          },
          { class: "more", "data-key": "rows" },
        )
      : null,
  );
}
