// The drawing: brings what vis-network holds (made by pyvis: `network`, `nodes`, `edges`) in step with V.
const stage = document.getElementById("canvas");
const portrait = stage.clientHeight > stage.clientWidth * 1.15;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const night = matchMedia("(prefers-color-scheme: dark)");
const moved = new Map(); // node -> where the reader or the physics has put it
const drawnNodes = new Map(),
  drawnEdges = new Map(); // id -> the look that vis-network was last given
let hovered = null,
  cursor = null,
  panning = false;

const isDark = () => S.theme === "dark" || (S.theme === "auto" && night.matches);
const paint = (look) => look[isDark() ? "dark" : "light"];
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Screens that are higher than wide get the picture turned, and drawn out; unturned() is the way back.
const LONG = 1.3;
const turned = ({ x, y }) => (portrait ? { x: y, y: x * LONG } : { x, y });
const unturned = ({ x, y }) => (portrait ? { x: y / LONG, y: x } : { x, y });
const placeOf = (node) => moved.get(node) || (S.pinned.has(node) ? turned(S.pinned.get(node)) : turned(node));

// The farther the camera must stand to have all in view, the coarser nodes and lines are drawn.
let grain = 1;
const radius = (node) => (5 + 14 * node.importance) * grain;

// What stands out: the ends of the selection and its neighbours, or a path; null when nothing is selected.
function lit() {
  if (V.path) {
    const steps = new Set(V.path);
    const links = V.path.slice(1).map((n, i) => edgeBetween(V.path[i], n));
    return { nodes: steps, edges: new Set(links) };
  }
  if (S.sel && S.sel.edge) return { nodes: new Set([S.sel.edge.a, S.sel.edge.b]), edges: new Set([S.sel.edge]) };
  if (!S.sel || !S.sel.node) return null;
  const links = S.sel.node.edges.filter((e) => V.nodes.has(e.a) && V.nodes.has(e.b) && V.all.has(e));
  return { nodes: new Set([S.sel.node, ...links.map((e) => other(e, S.sel.node))]), edges: new Set(links) };
}

function nodeLook(node, light) {
  const fill = paint(LOOK.types[node.type]),
    paper = css("--paper"),
    ring = LOOK.types[node.type].shape === "ring";
  const chosen = S.sel && S.sel.node === node;
  const colour = { background: ring ? paper : fill, border: chosen ? css("--ink") : ring ? fill : paper };
  return {
    id: node.i,
    ...placeOf(node),
    label: undefined,
    shape: ring ? "dot" : LOOK.types[node.type].shape,
    size: radius(node) * (LOOK.types[node.type].shape === "dot" || ring ? 1 : 0.94),
    borderWidth: chosen || ring ? 3 : 1.5,
    color: { ...colour, highlight: colour, hover: colour },
    opacity: light && !light.nodes.has(node) ? 0.14 : 1,
    fixed: S.pinned.has(node),
  };
}

// Arrowheads only for relations with a direction, at the end that they point to.
function arrows(edge, claims) {
  const way = (from) => claims.some((c) => !c.r.symmetric && c.s === from);
  const head = (on) => ({ enabled: on, scaleFactor: 0.5 * grain });
  return { to: head(way(edge.a)), from: head(way(edge.b)) };
}

let hiding = false;
const big = () => V.edges.length > 900;

function edgeLook(id, edge, claims, light, more = {}) {
  const colour = paint(LOOK.kinds[mainKind(claims)]);
  const dim = light && !light.edges.has(edge);
  const opacity = dim ? 0.07 : light ? 0.95 : big() ? 0.4 : 0.72;
  return {
    id,
    from: edge.a.i,
    to: edge.b.i,
    color: { color: colour, highlight: colour, hover: colour, opacity, inherit: false },
    width: grain * Math.min(1.2 + 1.1 * Math.log2(claims.length), 6.5),
    arrows: arrows(edge, claims),
    ...more,
  };
}

const bend = (roundness) => ({
  enabled: true,
  type: roundness < 0 ? "curvedCCW" : "curvedCW",
  roundness: Math.abs(roundness),
});

// A claim that is no fact is dashed, thin and bent, so that it never looks like a tie, nor hides one.
const dashedLook = (edge, light) =>
  edgeLook("d" + edge.i, edge, V.dashed.get(edge), light, {
    dashes: [5 * grain, 5 * grain],
    width: 1.3 * grain,
    smooth: bend(0.2),
  });

// A selected edge opens: one line for each relation and direction that it gathers.
function fan(edge) {
  const all = groups([...(V.solid.get(edge) || []), ...(V.dashed.get(edge) || [])]);
  // Far enough apart that the name of each fits on its line.
  const a = spot(edge.a),
    b = spot(edge.b),
    length = Math.max(40, Math.hypot(a.x - b.x, a.y - b.y));
  const step = Math.min(Math.max(0.2, 46 / length), 1.8 / all.length);
  return all.map((g, k) => {
    const bow = (k - (all.length - 1) / 2) * step * (g.s === edge.a ? 1 : -1);
    const arrow = { to: { enabled: !g.r.symmetric, scaleFactor: 0.65 * grain }, from: { enabled: false } };
    return {
      ...edgeLook(`f${edge.i}-${k}`, edge, g.claims, null),
      from: g.s.i,
      to: g.o.i,
      arrows: arrow,
      dashes: g.status === "stated" ? false : [6 * grain, 5 * grain],
      smooth: Math.abs(bow) < 1e-6 ? false : bend(bow),
      group: g,
    };
  });
}

// On the screen a node takes a share of the room that there is for each; in steps, so that it does not change with every click.
function setGrain() {
  if (!V.nodes.size || !stage.clientWidth) return;
  const room = Math.sqrt((stage.clientWidth * stage.clientHeight) / V.nodes.size);
  const whole = fitting([...V.nodes], 0, 0).scale,
    now = network.getScale();
  // Who comes nearer sees them grow, but less than the distances between them.
  const nearer = now > whole && V.nodes.size <= 600 ? (whole / now) ** 0.6 : 1;
  const wanted = (Math.min(1.35, Math.max(0.3, room / 88)) / whole) * nearer;
  grain = 1.2 ** Math.round(Math.log(wanted) / Math.log(1.2));
}

let regraining = 0;

function regrainSoon() {
  clearTimeout(regraining);
  regraining = setTimeout(() => {
    const before = grain;
    setGrain();
    if (grain !== before) syncGraph();
  }, 120);
}

function syncGraph() {
  setGrain();
  const light = lit();
  const looks = [...V.nodes].map((node) => nodeLook(node, light));
  const lines = [];
  for (const edge of V.edges) {
    if (S.sel && S.sel.edge === edge) {
      lines.push(...fan(edge));
      continue;
    }
    if (V.solid.has(edge)) lines.push(edgeLook("s" + edge.i, edge, V.solid.get(edge), light));
    if (V.dashed.has(edge)) lines.push(dashedLook(edge, light));
  }
  if (hiding !== big()) {
    hiding = big();
    network.setOptions({ interaction: { hideEdgesOnDrag: hiding, hideEdgesOnZoom: hiding } });
  }
  update(nodes, drawnNodes, looks);
  update(edges, drawnEdges, lines);
  network.redraw();
}

// Gives a DataSet only what has changed; each call of it makes vis-network work.
function update(set, drawn, looks) {
  const now = new Map(looks.map(({ group, ...look }) => [look.id, { look, text: JSON.stringify(look), group }]));
  const gone = [...drawn.keys()].filter((id) => !now.has(id));
  const changed = [...now].filter(([id, n]) => !drawn.has(id) || drawn.get(id).text !== n.text).map(([, n]) => n.look);
  if (gone.length) set.remove(gone);
  if (changed.length) set.update(changed);
  drawn.clear();
  for (const [id, n] of now) drawn.set(id, n);
}

// pyvis has drawn its core before this script runs; from here on the state decides.
function adopt() {
  edges.clear();
  const here = new Set([...V.nodes].map((n) => n.i));
  nodes.remove(nodes.getIds().filter((id) => !here.has(id)));
}

const glide = () => (calm ? false : { duration: 350, easingFunction: "easeInOutQuad" });

function cameraNow() {
  if (!network || S.view !== "graph") return null;
  const { x, y } = unturned(network.getViewPosition());
  return [Math.round(x), Math.round(y), Math.round(network.getScale() * 1000) / 1000];
}

// Moves the camera; at once for readers who want nothing to glide.
let framed = false; // whether the camera has ever been set; it cannot be while the table is shown

function look(to, animation = glide()) {
  framed = framed || stage.clientWidth > 0;
  network.moveTo({ ...to, animation });
  if (!animation) regrainSoon();
}

function moveCamera(animation = glide()) {
  if (S.camera) look({ position: turned({ x: S.camera[0], y: S.camera[1] }), scale: S.camera[2] }, animation);
  else fit(V.path || undefined, animation);
}

function fit(some = [...V.nodes], animation = glide()) {
  if (!some.length || !stage.clientWidth) return;
  look(fitting(some), animation);
}

// vis-network looks at its size now and then only.
function resize() {
  network.setSize("100%", "100%");
  network.redraw();
}

// How much of the stage the panel covers, which on a phone is a sheet over it.
function covered() {
  const panel = $("panel");
  return getComputedStyle(panel).position === "absolute" && panel.classList.contains("open") ? panel.offsetHeight : 0;
}

// How much the banner covers at the top.
const headed = () => ($("banner").hidden ? 0 : 40);

// The camera that has these nodes in view, with room for the names beside and under the outermost.
function fitting(some, sheet = covered(), head = headed()) {
  const box = { x0: 1e9, x1: -1e9, y0: 1e9, y1: -1e9 };
  for (const n of some) {
    const { x, y } = placeOf(n),
      r = 16;
    box.x0 = Math.min(box.x0, x - r);
    box.x1 = Math.max(box.x1, x + r);
    box.y0 = Math.min(box.y0, y - r);
    box.y1 = Math.max(box.y1, y + r);
  }
  const scale = Math.min(
    (stage.clientWidth - 110) / (box.x1 - box.x0),
    Math.max(60, stage.clientHeight - sheet - head - 90) / (box.y1 - box.y0),
    1.7,
  );
  return {
    position: { x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2 + (8 + (sheet - head) / 2) / scale },
    scale: Math.max(scale, 0.05),
  };
}

// Brings a node into view without changing the scale, if it is not there.
function reveal(node) {
  if (!V.nodes.has(node)) return;
  const at = placeOf(node);
  if (!inView(at, 60)) look({ position: { x: at.x, y: at.y + covered() / 2 / network.getScale() } });
}

// Brings several nodes into view, if they are not all there.
function frame(some) {
  if (!some.every((n) => inView(placeOf(n), 50))) fit(some);
}

// Brings an edge so near that what it opens into can be told apart.
function approach(edge) {
  const a = placeOf(edge.a),
    b = placeOf(edge.b),
    length = Math.hypot(a.x - b.x, a.y - b.y) || 1;
  const scale = network.getScale();
  if (length * scale > 150) {
    frame([edge.a, edge.b]);
    return;
  }
  const nearer = Math.min(240 / length, fitting([edge.a, edge.b]).scale * 1.2);
  look({
    position: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 + covered() / 2 / nearer },
    scale: Math.max(nearer, scale),
  });
}

function inView(place, margin) {
  const p = network.canvasToDOM(place);
  return (
    p.x > margin && p.y > margin && p.x < stage.clientWidth - margin && p.y < stage.clientHeight - covered() - margin
  );
}

// Physics on demand: lets the drawn nodes settle for a few seconds, then keeps where they came to stand.
let settling = 0;

function settle(on) {
  document.getElementById("physics").setAttribute("aria-pressed", String(on));
  clearTimeout(settling);
  if (on) {
    network.setOptions({
      physics: {
        enabled: true,
        stabilization: false,
        solver: "forceAtlas2Based",
        forceAtlas2Based: { gravitationalConstant: -60, springLength: 90, damping: 0.6, avoidOverlap: 0.6 },
      },
    });
    settling = setTimeout(() => settle(false), 5000);
    return;
  }
  network.setOptions({ physics: { enabled: false } });
  const at = network.getPositions();
  for (const n of V.nodes) if (at[n.i]) moved.set(n, at[n.i]);
  syncGraph();
  if (!S.sel) fit();
}

function listenToGraph() {
  network.on("click", ({ nodes: ns, edges: es }) => {
    network.unselectAll();
    if (ns.length) pickNode(NODES[ns[0]]);
    else if (es.length) pickEdge(EDGES[Number(/^[sdf](\d+)/.exec(es[0])[1])], (drawnEdges.get(es[0]) || {}).group);
    else if (S.sel && !picking) go({ sel: null });
  });
  network.on("doubleClick", ({ nodes: ns }) => {
    if (ns.length) expand(NODES[ns[0]]);
  });
  network.on("dragStart", ({ nodes: ns }) => {
    panning = !ns.length;
  });
  network.on("dragEnd", ({ nodes: ns }) => {
    panning = false;
    const at = network.getPositions(ns);
    for (const id of ns) {
      moved.set(NODES[id], at[id]);
      drawnNodes.delete(id);
      if (S.pinned.has(NODES[id])) {
        S.pinned.set(NODES[id], unturned(at[id]));
        go({}, false);
      }
    }
    network.unselectAll();
  });
  network.on("hoverNode", ({ node, event }) => {
    hovered = NODES[node];
    tip(nodeTip(hovered), event);
    network.redraw();
  });
  network.on("hoverEdge", ({ edge, event }) => tip(edgeTip(edge), event));
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"])
    network.on(name, () => {
      hovered = null;
      tip(null);
    });
  network.on("dragEnd", keepCameraSoon);
  for (const name of ["zoom", "animationFinished"])
    network.on(name, () => {
      keepCameraSoon();
      regrainSoon();
    });
  network.on("afterDrawing", drawLabels);
}

function pickNode(node) {
  if (picking) {
    const from = picking;
    stopPicking();
    go({ path: [from, node], sel: null, focus: null });
    fit(V.path || undefined);
    return;
  }
  cursor = node;
  go({ sel: { node }, path: null });
  announce(
    say("selected", { name: nameOf(node), type: singular(node.type), n: counted("tie", seenEdges(node).length) }),
  );
  reveal(node);
}

// A line of an opened edge is one relation of it; its claims come to the top of the panel.
function pickEdge(edge, relation) {
  if (S.sel && S.sel.edge === edge && relation) {
    showGroup(relation);
    return;
  }
  go({ sel: { edge }, path: null });
  approach(edge);
  announce(`${nameOf(edge.a)} – ${nameOf(edge.b)}`);
}

// Adds a node's neighbours to what is drawn.
function expand(node) {
  const more = hiddenNeighbours(node);
  if (!more.length) return;
  go({ extra: new Set([...S.extra, node, ...more]) });
}

function hiddenNeighbours(node) {
  return node.edges
    .filter((e) => V.all.has(e))
    .map((e) => other(e, node))
    .filter((n) => !V.nodes.has(n));
}
