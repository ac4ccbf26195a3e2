// The side with the legend, which is also the filters, and what stands over the graph.
let moreOutlets = false;

function toggled(set, value) {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

function check(key, on, change, ...content) {
  return el(
    "label",
    { class: "check" },
    el("input", { type: "checkbox", "data-key": key, on: { change } }),
    ...content,
  );
}

function ticked(key, on, change, ...content) {
  const label = check(key, on, change, ...content);
  label.firstChild.checked = on;
  return label;
}

const tally = (items, of) => {
  const n = new Map();
  for (const i of items) n.set(of(i), (n.get(of(i)) || 0) + 1);
  return n;
};
const TYPE_COUNT = tally(TIED, (n) => n.type);
const STATUS_COUNT = tally(CLAIMS, (c) => c.status);
const OUTLET_COUNT = tally(CLAIMS, (c) => c.article.outlet);
const RELATION_COUNT = tally(CLAIMS, (c) => c.r.name);
const MOST_SOURCES = Math.max(
  1,
  ...tally(
    [...new Set(CLAIMS.filter((c) => c.status === "stated").map((c) => c.triple + "\n" + c.source))],
    (k) => k.split("\n")[0],
  ).values(),
);

function syncFilters() {
  keepFocus($("filters"), () =>
    fill(
      $("filters"),
      el("h2", { class: "hidden" }, say("filters")),
      button(el("span", { "aria-hidden": "true" }, "×"), () => showFilters(false), {
        class: "glyph close narrow",
        "aria-label": say("close"),
      }),
      typeFilter(),
      relationFilter(),
      claimFilter(),
      moreFilters(),
      resets(),
    ),
  );
}

const group = (title, ...content) => el("fieldset", {}, el("legend", {}, title), ...content);
const num = (n) => el("span", { class: "num" }, number(n || 0));

function typeFilter() {
  return group(
    say("types"),
    RAW.types
      .filter((t) => TYPE_COUNT.get(t))
      .map((t) =>
        ticked(
          "t" + t,
          !S.offTypes.has(t),
          () => go({ offTypes: toggled(S.offTypes, t) }),
          sign(t),
          el("span", { class: "grow" }, typeName(t)),
          num(TYPE_COUNT.get(t)),
        ),
      ),
  );
}

function relationFilter() {
  return group(
    say("relations"),
    KINDS.map((kind) => {
      const all = RELATIONS.filter((r) => r.kind === kind);
      return all.length ? kindFilter(kind, all) : null;
    }),
    el("p", { class: "quiet small" }, say("legend")),
  );
}

const opened = new Set();

function kindFilter(kind, all) {
  const off = all.filter((r) => S.offRelations.has(r.name)).length;
  const whole = ticked(
    "k" + kind,
    off < all.length,
    () => {
      const next = new Set(S.offRelations);
      for (const r of all)
        if (off) next.delete(r.name);
        else next.add(r.name);
      go({ offRelations: next });
    },
    stroke(kind),
    el("span", { class: "grow" }, nameOf(LOOK.kinds[kind])),
  );
  whole.firstChild.indeterminate = off > 0 && off < all.length;
  const unfold = button(
    el("span", { class: "turn", "aria-hidden": "true" }),
    () => {
      if (!opened.delete(kind)) opened.add(kind);
      syncFilters();
    },
    {
      class: "unfold",
      "aria-expanded": String(opened.has(kind)),
      "aria-label": `${nameOf(LOOK.kinds[kind])}: ${say("each")}`,
      "data-key": "u" + kind,
    },
  );
  return el(
    "div",
    {},
    el("div", { class: "kind" }, whole, num(all.reduce((n, r) => n + RELATION_COUNT.get(r.name), 0)), unfold),
    opened.has(kind)
      ? el(
          "div",
          { class: "inner" },
          all.map((r) =>
            ticked(
              "r" + r.name,
              !S.offRelations.has(r.name),
              () => go({ offRelations: toggled(S.offRelations, r.name) }),
              el("span", { class: "grow" }, nameOf(r)),
              num(RELATION_COUNT.get(r.name)),
            ),
          ),
        )
      : null,
  );
}

function claimFilter() {
  const some = STATUSES.filter((s) => STATUS_COUNT.get(s));
  if (!some.length) return null;
  return group(
    say("claims"),
    el("p", { class: "quiet small" }, say("claimsHint")),
    some.map((s) =>
      ticked(
        "c" + s,
        S.claims.has(s),
        () => go({ claims: toggled(S.claims, s) }),
        el("span", { class: "stroke dashed", "aria-hidden": "true" }),
        el("span", { class: "grow" }, nameOf(LOOK.statuses[s])),
        num(STATUS_COUNT.get(s)),
      ),
    ),
  );
}

function slider(id, label, value, most, step, shown, change) {
  const input = el("input", {
    type: "range",
    id,
    min: most[0],
    max: most[1],
    step,
    "data-key": id,
    "aria-valuetext": shown(value),
  });
  input.value = value;
  const out = el("output", { for: id }, shown(value));
  input.addEventListener("input", () => {
    out.textContent = shown(Number(input.value));
    input.setAttribute("aria-valuetext", out.textContent);
  });
  input.addEventListener("change", () => change(Number(input.value)));
  return el("div", { class: "slider" }, el("label", { for: id }, label), out, input);
}

function moreFilters() {
  const outlets = [...OUTLET_COUNT].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const shown = moreOutlets ? outlets : outlets.slice(0, 6);
  return [
    group(
      say("outlets"),
      shown.map(([o, n]) =>
        ticked(
          "o" + o,
          !S.offOutlets.has(o),
          () => go({ offOutlets: toggled(S.offOutlets, o) }),
          el("span", { class: "grow" }, RAW.outlets[o] ? bdi(RAW.outlets[o]) : say("noOutlet")),
          num(n),
        ),
      ),
      outlets.length > 6
        ? button(
            say(moreOutlets ? "lessItems" : "moreItems") + (moreOutlets ? "" : ` (${number(outlets.length - 6)})`),
            () => {
              moreOutlets = !moreOutlets;
              syncFilters();
            },
            { class: "more", "data-key": "outlets" },
          )
        : null,
    ),
    group(
      say("strength"),
      MOST_SOURCES > 1
        ? slider("f-min", say("sources"), S.min, [1, MOST_SOURCES], 1, number, (min) => go({ min }))
        : null,
      slider("f-conf", say("confidence"), S.conf, [0, 1], 0.05, percent, (conf) => go({ conf })),
    ),
  ];
}

const filtered = () =>
  S.offTypes.size ||
  S.offRelations.size ||
  S.offOutlets.size ||
  S.claims.size ||
  S.min > 1 ||
  S.conf > 0 ||
  S.from !== null ||
  S.to !== null;

function resets() {
  return el(
    "div",
    { class: "actions" },
    filtered()
      ? button(
          say("reset"),
          () =>
            go({
              offTypes: new Set(),
              offRelations: new Set(),
              offOutlets: new Set(),
              claims: new Set(),
              min: 1,
              conf: 0,
              from: null,
              to: null,
            }),
          { "data-key": "reset" },
        )
      : null,
    S.hidden.size
      ? button(say("unhide", { n: S.hidden.size }), () => go({ hidden: new Set() }), { "data-key": "unhide" })
      : null,
    S.pinned.size
      ? button(say("unpinAll", { n: S.pinned.size }), () => go({ pinned: new Map() }), { "data-key": "unpin" })
      : null,
  );
}

function showFilters(on) {
  $("filters").classList.toggle("open", on);
  $("open-filters").setAttribute("aria-expanded", String(on));
  if (on) $("filters").querySelector("button,input").focus();
  else $("open-filters").focus();
}

// --- over the graph ---

function syncStage() {
  const ties = [...V.solid.keys()].filter((e) => V.nodes.has(e.a) && V.nodes.has(e.b)).length;
  $("status").textContent = V.nodes.size
    ? say("shown", { n: V.nodes.size, of: TIED.length, e: ties, ofe: STATED_EDGES })
    : say("nothing");
  const rest = V.candidates - Math.min(S.count, V.candidates);
  $("more").hidden = !rest || Boolean(S.focus);
  $("more").textContent = say("more", { n: Math.min(STEP, rest) });
  $("fewer").hidden = S.count <= startCount() && !S.extra.size;
  $("back").disabled = steps < 1;
  banner();
}

const STEP = 120;
const STATED_EDGES = EDGES.filter((e) => e.claims.some((c) => c.status === "stated")).length;

function banner() {
  const box = $("banner");
  const parts = picking
    ? [say("pathPick"), button(say("cancel"), stopPicking)]
    : S.focus
      ? [
          el("span", {}, say("focusOn", { name: "\u2068" + nameOf(S.focus) + "\u2069", d: counted("step", S.depth) })),
          button(say("showAll"), () => {
            go({ focus: null });
            fit();
          }),
        ]
      : null;
  box.hidden = !parts;
  fill(box, parts || []);
}

// --- one node to another ---
let picking = null;

function startPicking(node) {
  picking = node;
  banner();
  announce(say("pathPick"));
  $("search").focus();
}

function stopPicking() {
  picking = null;
  banner();
}

// --- what points say when the mouse is over them ---

function tip(content, event) {
  const box = $("tip");
  box.hidden = !content;
  if (!content) return;
  fill(box, content);
  const frame = $("stage").getBoundingClientRect(),
    x = event.clientX - frame.left,
    y = event.clientY - frame.top;
  box.style.left = Math.max(4, Math.min(x + 14, frame.width - box.offsetWidth - 6)) + "px";
  box.style.top = Math.max(4, y + 18 + box.offsetHeight > frame.height ? y - box.offsetHeight - 12 : y + 18) + "px";
}

function nodeTip(node) {
  const post = node.posts.find(([, , , former]) => !former);
  return [
    el("strong", {}, named(node)),
    el("span", { class: "quiet" }, singular(node.type), " · ", counted("tie", seenEdges(node).length)),
    post ? bdi(post[0]) : null,
  ];
}

function edgeTip(id) {
  const edge = EDGES[Number(/^[sdf](\d+)/.exec(id)[1])];
  const claims = [...((id[0] !== "d" && V.solid.get(edge)) || []), ...((id[0] !== "s" && V.dashed.get(edge)) || [])];
  return groups(claims)
    .slice(0, 5)
    .map((g) =>
      el(
        "span",
        { class: "tipline" },
        stroke(g.r.kind, g.status !== "stated"),
        el("span", {}, named(g.s), " ", el("b", {}, nameOf(g.r)), " ", named(g.o), statusTag(g.status)),
        el("span", { class: "quiet" }, " ", sourceCount(g.claims)),
      ),
    );
}

// The page's words in the language chosen.
let worded = "";

function syncWords() {
  const root = document.documentElement;
  root.dataset.theme = S.theme === "auto" ? (night.matches ? "dark" : "light") : S.theme;
  if (worded === S.lang) return;
  worded = S.lang;
  root.lang = S.lang;
  root.dir = S.lang === "ar" ? "rtl" : "ltr";
  $("heading").textContent = document.title = RAW.title[S.lang];
  for (const e of document.querySelectorAll("[data-t]")) e.textContent = say(e.dataset.t);
  for (const e of document.querySelectorAll("[data-t-label]")) {
    e.setAttribute("aria-label", say(e.dataset.tLabel));
    if (e.matches("button")) e.title = say(e.dataset.tLabel);
  }
  for (const e of document.querySelectorAll("[data-t-placeholder]")) e.placeholder = say(e.dataset.tPlaceholder);
  $("language").textContent = S.lang === "ar" ? "English" : "العربية";
  $("language").lang = S.lang === "ar" ? "en" : "ar";
}

let speaking = 0;

function announce(text) {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    $("live").textContent = text;
  }, 120);
}
