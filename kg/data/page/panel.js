// The panel: what is selected, and why the page says so.
const SHOWN = 12; // how much of a list is shown at first

function syncPanel() {
  const panel = $("panel"),
    key = panelKey();
  const content = S.path
    ? pathPanel()
    : S.sel && S.sel.edge
      ? edgePanel(S.sel.edge)
      : S.sel
        ? nodePanel(S.sel.node)
        : overview();
  if (panel.dataset.of === key) keepFocus(panel, () => fill(panel, content));
  else {
    fill(panel, content);
    panel.scrollTop = 0;
  }
  panel.dataset.of = key;
  panel.classList.toggle("open", Boolean(S.path || S.sel));
}

const panelKey = () =>
  S.path
    ? "path" + S.path.map((n) => n.i)
    : S.sel && S.sel.edge
      ? "edge" + S.sel.edge.i
      : S.sel
        ? "node" + S.sel.node.i
        : "overview";

const closer = () =>
  button(
    el("span", { "aria-hidden": "true" }, "×"),
    () => {
      $("panel").classList.remove("open");
      if (S.sel || S.path) go({ sel: null, path: null });
      stage.focus();
    },
    { class: "glyph close", "aria-label": say("close"), "data-key": "close" },
  );

const nodeButton = (node, more = {}) =>
  button([sign(node.type), named(node)], () => openNode(node), { class: "entity", "data-key": "n" + node.i, ...more });

function section(title, ...content) {
  return el("section", {}, el("h3", {}, title), ...content);
}

// A list that shows its beginning, and the rest when asked.
function list(items, make, more = {}, shown = SHOWN) {
  const made = el(
    "ul",
    more,
    items.slice(0, shown).map((item) => el("li", {}, make(item))),
  );
  if (items.length <= shown) return made;
  const next = button(
    say("moreItems") + ` (${number(items.length - shown)})`,
    () => {
      const first = made.children.length;
      next.remove();
      made.append(...items.slice(shown).map((item) => el("li", {}, make(item))));
      const target = made.children[first].querySelector("button,a");
      if (target) target.focus();
    },
    { class: "more" },
  );
  return [made, next];
}

function facts(pairs) {
  return el(
    "dl",
    { class: "facts" },
    pairs.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );
}

// --- nothing selected ---

function overview() {
  const stated = V.kept.filter((c) => c.status === "stated");
  const degree = new Map([...V.nodes].map((n) => [n, seenEdges(n).length]));
  const ranked = [...V.nodes].sort((a, b) => degree.get(b) - degree.get(a) || a.i - b.i);
  const all = groups(stated);
  const told = all
    .filter((g) => g.r.kind !== "standing" && sourcesOf(g.claims) > 1)
    .sort((a, b) => sourcesOf(b.claims) - sourcesOf(a.claims) || b.claims.length - a.claims.length);
  const latest = all
    .map((g) => ({ ...g, last: g.claims.reduce((m, c) => (c.date > m ? c.date : m), "") }))
    .filter((g) => g.last && g.r.kind !== "standing")
    .sort((a, b) => (a.last < b.last ? 1 : -1));
  return [
    el("header", {}, el("h2", {}, say("overview")), el("span", { class: "phone" }, closer())),
    facts([
      [say("entities"), number(V.nodes.size)],
      [say("ties"), number([...V.solid.keys()].filter((e) => V.nodes.has(e.a) && V.nodes.has(e.b)).length)],
      [say("articles"), number(new Set(V.kept.map((c) => c.article)).size)],
      [say("independent"), number(sourcesOf(V.kept))],
    ]),
    V.kept.length
      ? null
      : el(
          "p",
          { class: "note" },
          say("nothing"),
          " ",
          onlyUnsure()
            ? button(say("switchOnAll"), () => go({ claims: new Set(STATUSES) }), {
                class: "link",
                "data-key": "unsure",
              })
            : null,
        ),
    section(say("byKind"), bars(stated)),
    section(
      say("central"),
      list(
        ranked,
        (n) => el("div", { class: "row" }, nodeButton(n), el("span", { class: "num" }, counted("tie", degree.get(n)))),
        { class: "plain" },
        8,
      ),
    ),
    told.length
      ? section(
          say("told"),
          list(
            told,
            (g) => [factButton(g), el("p", { class: "quiet small" }, sourceCount(g.claims))],
            { class: "plain spaced" },
            5,
          ),
        )
      : null,
    latest.length
      ? section(
          say("latest"),
          list(
            latest,
            (g) => [factButton(g), el("p", { class: "quiet small" }, dayText(g.last))],
            { class: "plain spaced" },
            6,
          ),
        )
      : null,
    RAW.leftOut[0] ? el("p", { class: "quiet small" }, say("leftOut", { n: RAW.leftOut[0] })) : null,
  ];
}

// Articles may speak of nothing but plans and denials.
const onlyUnsure = () => !S.claims.size && CLAIMS.length && CLAIMS.every((c) => c.status !== "stated");

const seenEdges = (node) => node.edges.filter((e) => V.solid.has(e) && V.nodes.has(other(e, node)));

function bars(claims) {
  const count = new Map(KINDS.map((k) => [k, 0]));
  for (const g of groups(claims)) count.set(g.r.kind, count.get(g.r.kind) + 1);
  const most = Math.max(1, ...count.values());
  return el(
    "ul",
    { class: "bars" },
    [...count]
      .filter(([, n]) => n)
      .map(([kind, n]) =>
        el(
          "li",
          {},
          el("span", { class: "barname" }, nameOf(LOOK.kinds[kind])),
          el(
            "span",
            { class: "bar", "aria-hidden": "true" },
            el("span", { style: `width:${((100 * n) / most).toFixed(1)}%;background:var(--k-${kind})` }),
          ),
          el("span", { class: "num" }, number(n)),
        ),
      ),
  );
}

// One line: who, does what, to whom; opens the evidence.
function factButton(g) {
  const edge = edgeBetween(g.s, g.o);
  return button(
    [
      stroke(g.r.kind, g.status !== "stated"),
      el("span", {}, named(g.s), " ", el("span", { class: "verb" }, nameOf(g.r)), " ", named(g.o), statusTag(g.status)),
    ],
    () => openEdge(edge, g),
    { class: "fact", "data-key": `g${g.s.i}-${g.r.i}-${g.o.i}-${g.status}` },
  );
}

const statusTag = (status) =>
  status === "stated" ? null : el("span", { class: "tag" }, nameOf(LOOK.statuses[status]));

// --- a node ---

function nodePanel(node) {
  const claims = node.edges.flatMap((e) => [...(V.solid.get(e) || []), ...(V.dashed.get(e) || [])]);
  const second = S.lang === "ar" ? node.en : node.ar;
  return [
    el(
      "header",
      {},
      el(
        "p",
        { class: "kicker" },
        sign(node.type),
        singular(node.type),
        node.community ? el("span", { class: "quiet" }, " · ", say("community", { n: node.community })) : null,
      ),
      el("h2", {}, named(node)),
      second && second !== nameOf(node)
        ? el(
            "p",
            { class: "second" },
            bdi(second),
            node.transliterated ? el("span", { class: "quiet small" }, " (", say("transliterated"), ")") : null,
          )
        : null,
      closer(),
    ),
    actions(node),
    postsOf(node),
    relationsOf(node, claims),
    saidBy(node),
    articlesOf(claims),
    alsoCalled(node),
    node.wikidata
      ? section(
          say("links"),
          el("p", {}, outward("https://www.wikidata.org/wiki/" + node.wikidata, "Wikidata " + node.wikidata)),
        )
      : null,
  ];
}

const singular = (type) => say("type" + type);
const outward = (url, text) =>
  el(
    "a",
    { href: url, target: "_blank", rel: "noopener noreferrer" },
    bdi(text),
    el("span", { "aria-hidden": "true" }, "\u00a0↗"),
  );

function actions(node) {
  const depth = el(
    "span",
    { class: "seg", role: "group", "aria-label": say("near") },
    el("span", { class: "seglabel" }, say("near")),
    [1, 2, 3].map((d) =>
      button(
        number(d),
        () => {
          const on = S.focus === node && S.depth === d;
          go({ focus: on ? null : node, depth: d });
          fit();
        },
        {
          "aria-pressed": String(S.focus === node && S.depth === d),
          "aria-label": `${say("near")}: ${counted("step", d)}`,
          "data-key": "depth" + d,
        },
      ),
    ),
  );
  const hidden = hiddenNeighbours(node).length;
  return el(
    "div",
    { class: "actions" },
    depth,
    hidden && !S.focus ? button(say("expand", { n: hidden }), () => expand(node), { "data-key": "expand" }) : null,
    button(say("path"), () => startPicking(node), { "data-key": "path" }),
    button(say(S.pinned.has(node) ? "unpin" : "pin"), () => pin(node), {
      "aria-pressed": String(S.pinned.has(node)),
      "data-key": "pin",
    }),
    button(
      say("hide"),
      () => go({ hidden: new Set([...S.hidden, node]), sel: null, focus: S.focus === node ? null : S.focus }),
      { "data-key": "hide" },
    ),
  );
}

function pin(node) {
  const pinned = new Map(S.pinned);
  if (!pinned.delete(node)) pinned.set(node, unturned(placeOf(node)));
  go({ pinned });
}

function postsOf(node) {
  // The same office is named in many ways; the most usual stands for it.
  const offices = new Map();
  for (const post of node.posts) {
    const key = post.slice(1).join();
    if (!offices.has(key)) offices.set(key, post);
  }
  if (!offices.size) return null;
  return section(
    say("posts"),
    list(
      [...offices.values()],
      ([title, , of, former]) => [
        bdi(title),
        NODES[of] ? [" · ", link(NODES[of])] : null,
        former ? el("span", { class: "tag" }, say("former")) : null,
      ],
      { class: "plain" },
      6,
    ),
  );
}

const link = (node) => button(named(node), () => openNode(node), { class: "link" });

function relationsOf(node, claims) {
  const found = groups(claims);
  const parts = KINDS.map((kind) => [kind, found.filter((g) => g.r.kind === kind)]).filter(([, gs]) => gs.length);
  if (!parts.length) return node.edges.length ? el("p", { class: "note" }, say("nothing")) : null;
  return section(
    say("relations"),
    parts.map(([kind, gs]) =>
      el(
        "details",
        { open: true },
        el("summary", {}, stroke(kind), nameOf(LOOK.kinds[kind]), el("span", { class: "num" }, number(gs.length))),
        list(gs, (g) => relationRow(node, g), { class: "plain ties" }),
      ),
    ),
  );
}

function relationRow(node, g) {
  const out = g.s === node,
    rest = out ? g.o : g.s;
  const way = g.r.symmetric ? "–" : out ? "→" : "←";
  return button(
    [
      el("span", { class: "verb" }, nameOf(g.r), heard(g.r.symmetric ? "" : say(out ? "outward" : "inward"))),
      el("span", { class: "way", "aria-hidden": "true" }, way),
      el("span", { class: "who" }, sign(rest.type), named(rest), statusTag(g.status)),
      el("span", { class: "num", title: say("independent") }, sourceCount(g.claims)),
    ],
    () => openEdge(edgeBetween(g.s, g.o), g),
    { class: g.status === "stated" ? "tie" : "tie unsure", "data-key": `r${g.s.i}-${g.r.i}-${g.o.i}-${g.status}` },
  );
}

// What is told on the word of this person or body.
function saidBy(node) {
  const found = groups(V.claims.filter((c) => c.who === node && c.s !== c.o));
  return found.length ? section(say("saysThat"), list(found, factButton, { class: "plain" }, 6)) : null;
}

const sourceCount = (claims) => counted("source", sourcesOf(claims));

function articlesOf(claims) {
  const found = [...new Set(claims.map((c) => c.article))].sort((a, b) =>
    a.date < b.date ? 1 : a.date > b.date ? -1 : a.i - b.i,
  );
  if (!found.length) return null;
  return section(
    `${say("articles")} (${number(found.length)})`,
    list(
      found,
      (a) => [articleName(a), el("p", { class: "quiet small" }, articleLine(a))],
      { class: "plain spaced" },
      5,
    ),
  );
}

const articleName = (a) => (a.url ? outward(a.url, a.title) : bdi(a.title));
const articleLine = (a) => [
  a.press ? [bdi(a.press), " · "] : null,
  a.wire && a.wire !== a.press ? [bdi(a.wire), " · "] : null,
  dayText(a.date),
];

function alsoCalled(node) {
  const rest = node.names.filter((n) => n !== node.ar && n !== node.en);
  return rest.length
    ? section(
        say("alsoCalled"),
        el(
          "p",
          { class: "names" },
          rest.slice(0, 40).flatMap((n, i) => [i ? " · " : null, bdi(n)]),
        ),
      )
    : null;
}

// --- a path ---

function pathPanel() {
  const [from, to] = S.path;
  return [
    el(
      "header",
      {},
      el("p", { class: "kicker" }, say("pathTitle")),
      el(
        "h2",
        { class: "pair" },
        nodeButton(from),
        el("span", { class: "quiet", "aria-hidden": "true" }, "⋯"),
        nodeButton(to),
      ),
      closer(),
    ),
    V.path
      ? el("p", { class: "quiet" }, counted("step", V.path.length - 1))
      : el("p", { class: "quiet" }, say("noPath")),
    V.path
      ? el(
          "ol",
          { class: "plain path" },
          V.path.map((node, i) =>
            el(
              "li",
              {},
              nodeButton(node),
              V.path[i + 1]
                ? el(
                    "ul",
                    { class: "plain" },
                    groups(V.solid.get(edgeBetween(node, V.path[i + 1])))
                      .slice(0, 4)
                      .map((g) => el("li", {}, factButton(g))),
                  )
                : null,
            ),
          ),
        )
      : null,
  ];
}
