// What the reader has chosen. It lives in the address, so that a copied address shows a colleague the same thing.
const S = {};

function fresh() {
  return {
    lang: RAW.language,
    theme: RAW.theme,
    view: "graph",
    sel: null,
    focus: null,
    depth: 1,
    path: null,
    offTypes: new Set(),
    offRelations: new Set(),
    claims: new Set(),
    offOutlets: new Set(),
    from: null,
    to: null,
    min: 1,
    conf: 0,
    count: startCount(),
    extra: new Set(),
    hidden: new Set(),
    pinned: new Map(),
    camera: null,
  };
}

// The core of a large graph; all of a small one.
function startCount() {
  return TIED.length > RAW.core * 1.5 ? RAW.core : TIED.length;
}

const LISTS = { xt: "offTypes", xr: "offRelations", cl: "claims" };

function encode(s) {
  const q = new URLSearchParams();
  const base = fresh();
  for (const [key, name] of [
    ["lang", "lang"],
    ["theme", "theme"],
    ["view", "view"],
    ["depth", "depth"],
    ["min", "min"],
    ["conf", "conf"],
    ["n", "count"],
    ["from", "from"],
    ["to", "to"],
  ])
    if (s[name] !== null && s[name] !== base[name]) q.set(key, s[name]);
  for (const [key, name] of Object.entries(LISTS)) if (s[name].size) q.set(key, [...s[name]].join(","));
  if (s.offOutlets.size) [...s.offOutlets].forEach((i) => q.append("xo", RAW.outlets[i]));
  if (s.sel && s.sel.node) q.set("node", s.sel.node.id);
  if (s.sel && s.sel.edge) [s.sel.edge.a, s.sel.edge.b].forEach((n) => q.append("edge", n.id));
  if (s.focus) q.set("focus", s.focus.id);
  if (s.path) s.path.forEach((n) => q.append("path", n.id));
  for (const n of s.extra) q.append("plus", n.id);
  for (const n of s.hidden) q.append("hide", n.id);
  for (const [n, at] of s.pinned) q.append("pin", Math.round(at.x) + "," + Math.round(at.y) + "," + n.id);
  if (s.camera) q.set("at", s.camera.join(","));
  return q.toString();
}

function decode(hash) {
  const q = new URLSearchParams(hash.replace(/^#/, ""));
  const s = fresh();
  const pick = (key, allowed, name = key) => {
    if (allowed.includes(q.get(key))) s[name] = q.get(key);
  };
  pick("lang", ["ar", "en"]);
  pick("theme", ["auto", "light", "dark"]);
  pick("view", ["graph", "table"]);
  const number = (key, name, low, high) => {
    const value = q.has(key) ? Number(q.get(key)) : NaN;
    if (value >= low && value <= high) s[name] = value;
  };
  number("depth", "depth", 1, 3);
  number("min", "min", 1, 99);
  number("conf", "conf", 0, 1);
  number("n", "count", 1, NODES.length);
  number("from", "from", FIRST_WEEK, LAST_WEEK);
  number("to", "to", FIRST_WEEK, LAST_WEEK);
  for (const [key, name] of Object.entries(LISTS)) s[name] = new Set((q.get(key) || "").split(",").filter(Boolean));
  s.offOutlets = new Set(
    q
      .getAll("xo")
      .map((name) => RAW.outlets.indexOf(name))
      .filter((i) => i >= 0),
  );
  const nodes = (key) =>
    q
      .getAll(key)
      .map((id) => BY_ID.get(id))
      .filter(Boolean);
  s.focus = nodes("focus")[0] || null;
  const [node] = nodes("node");
  const edge = edgeBetween(...nodes("edge"));
  s.sel = node ? { node } : edge ? { edge } : null;
  s.path = nodes("path").length === 2 ? nodes("path") : null;
  s.extra = new Set(nodes("plus"));
  s.hidden = new Set(nodes("hide"));
  for (const text of q.getAll("pin")) {
    const [, x, y, id] = /^(-?\d+),(-?\d+),(.*)$/su.exec(text) || [];
    if (BY_ID.has(id)) s.pinned.set(BY_ID.get(id), { x: Number(x), y: Number(y) });
  }
  const camera = (q.get("at") || "").split(",").map(Number);
  s.camera = camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0 ? camera : null;
  return s;
}

function edgeBetween(a, b) {
  if (!a || !b || a === b) return null;
  return EDGE_OF.get(Math.min(a.i, b.i) + "-" + Math.max(a.i, b.i)) || null;
}

// Changes the state, writes the address and draws again. A step can be undone with the browser's Back; a nudge cannot.
let steps = 0;
let written = "";

function go(change, step = true) {
  Object.assign(S, change);
  if (step) remember();
  const hash = "#" + encode(S);
  written = hash;
  try {
    if (step) history.pushState({ step: ++steps }, "", hash);
    else history.replaceState({ step: steps }, "", hash);
  } catch {
    location.replace(hash);
  }
  draw();
}

// Keeps where the camera is with the step that is being left, so that Back returns there.
function remember() {
  const camera = cameraNow();
  if (!camera) return;
  const before = decode(location.hash);
  before.camera = camera;
  try {
    history.replaceState(history.state, "", "#" + encode(before));
  } catch {
    /* the address stays as it is */
  }
}

// The address follows the camera, without a step of its own.
let keeping = 0;

function keepCameraSoon() {
  clearTimeout(keeping);
  keeping = setTimeout(keepCamera, 400);
}

function keepCamera() {
  const camera = cameraNow();
  if (!camera) return;
  S.camera = camera;
  written = "#" + encode(S);
  try {
    history.replaceState(history.state, "", written);
  } catch {
    /* the address stays as it is */
  }
}

function recall() {
  if (location.hash === written) return;
  written = location.hash;
  Object.assign(S, decode(location.hash));
  steps = (history.state && history.state.step) || 0;
  draw();
  moveCamera();
}

const say = (key, fill = {}) =>
  WORDS[key][S.lang === "ar" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) =>
    typeof fill[name] === "number" ? fill[name].toLocaleString("en") : fill[name],
  );
const nameOf = (thing) => (S.lang === "ar" ? thing.ar : thing.en);
const typeName = (type) => nameOf(LOOK.types[type]);
