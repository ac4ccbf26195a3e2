// Starts the page: reads the address, draws, and listens.
let worn = false; // whether the drawing has the size that is left when all else is there

function draw() {
  V = see();
  hovered = null;
  tip(null);
  syncWords();
  syncTable();
  syncTimeline();
  if (!worn) {
    worn = true;
    resize();
    moveCamera(false);
  }
  syncGraph();
  syncPanel();
  syncFilters();
  syncStage();
}

// Opens a node wherever it is: what keeps it from being seen is taken away.
function openNode(node) {
  const change = {};
  if (S.hidden.has(node)) change.hidden = toggled(S.hidden, node);
  if (S.offTypes.has(node.type)) change.offTypes = toggled(S.offTypes, node.type);
  if (S.focus && !V.nodes.has(node)) change.focus = null;
  if (!V.nodes.has(node)) change.extra = new Set([...S.extra, node]);
  Object.assign(S, change);
  if (Object.keys(change).length) V = see();
  pickNode(node, true);
}

function openEdge(edge, g) {
  const extra = [edge.a, edge.b].filter((n) => !V.nodes.has(n));
  const claims = g && g.status !== "stated" ? new Set([...S.claims, g.status]) : S.claims;
  go({ sel: { edge }, path: null, claims, extra: extra.length ? new Set([...S.extra, ...extra]) : S.extra });
  if (g) showGroup(g);
  approach(edge);
}

// Brings the relation that was asked for to the top of the panel.
function showGroup(g) {
  const wanted = `${g.s.i}-${g.r.i}-${g.o.i}-${g.status}`;
  const part = [...$("panel").querySelectorAll("[data-group]")].find((e) => e.dataset.group === wanted);
  if (part && part !== $("panel").querySelector("[data-group]")) part.scrollIntoView({ block: "start" });
}

const ZOOM = { "+": 1.25, "=": 1.25, "-": 0.8, _: 0.8 };
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function zoom(by) {
  look({ scale: Math.min(6, Math.max(0.03, network.getScale() * by)) });
  keepCameraSoon();
}

function step(direction, pan) {
  const [dx, dy] = STEPS[direction];
  if (pan) {
    const { x, y } = network.getViewPosition(),
      by = 80 / network.getScale();
    network.moveTo({ position: { x: x + dx * by, y: y + dy * by } });
    return;
  }
  const from = cursor && V.nodes.has(cursor) ? cursor : null;
  const next = from ? nearest(from, dx, dy) : [...V.nodes].sort((a, b) => b.importance - a.importance)[0];
  if (!next) return;
  cursor = next;
  reveal(next);
  network.redraw();
  announce(
    say("selected", { name: nameOf(next), type: singular(next.type), n: counted("tie", seenEdges(next).length) }),
  );
}

// The node that lies in a direction: near, and not far to the side.
function nearest(from, dx, dy) {
  const a = spot(from);
  let best = null,
    least = Infinity;
  for (const n of V.nodes) {
    if (n === from) continue;
    const b = spot(n),
      ahead = (b.x - a.x) * dx + (b.y - a.y) * dy,
      aside = Math.abs((b.x - a.x) * dy + (b.y - a.y) * dx);
    if (ahead <= 1) continue;
    const cost = ahead + 2.2 * aside;
    if (cost < least) {
      least = cost;
      best = n;
    }
  }
  return best;
}

function graphKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (STEPS[event.key]) step(event.key, event.shiftKey);
  else if (ZOOM[event.key]) zoom(ZOOM[event.key]);
  else if (event.key === "0") fit();
  else if (event.key === "Enter" || event.key === " ") {
    if (cursor) {
      pickNode(cursor, true);
      if (!picking) $("panel").focus();
    }
  } else return;
  event.preventDefault();
}

function pageKeys(event) {
  const typing = event.target.matches("input[type=search],textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    $("search").focus();
  } else if (event.key === "Escape") {
    if (!$("export-list").hidden) {
      menu(false);
      $("export").focus();
    } else if ($("filters").classList.contains("open")) showFilters(false);
    else if (picking) stopPicking();
    else if (!S.sel && !S.path) $("panel").classList.remove("open");
    else {
      const inside = $("panel").contains(document.activeElement);
      go({ sel: null, path: null });
      if (inside) stage.focus();
    }
  }
}

function menu(on) {
  $("export-list").hidden = !on;
  $("export").setAttribute("aria-expanded", String(on));
  if (on) $("export-list").querySelector("button").focus();
}

function listen() {
  listenToGraph();
  listenToSearch();
  stage.addEventListener("keydown", graphKeys);
  stage.addEventListener("mouseleave", () => tip(null));
  for (const name of ["focus", "blur"]) stage.addEventListener(name, () => network.redraw());
  document.addEventListener("keydown", pageKeys);
  document.addEventListener("click", (e) => {
    if (!e.target.closest(".menu")) menu(false);
  });
  const on = (id, run) => $(id).addEventListener("click", run);
  on("peek", () => {
    $("panel").classList.add("open");
    $("panel").focus();
  });
  on("skip", () => $("panel").focus());
  on("open-filters", () => showFilters(!$("filters").classList.contains("open")));
  on("view", () => {
    go({ view: S.view === "table" ? "graph" : "table" });
    if (S.view === "graph") shape();
  });
  on("export", () => menu($("export-list").hidden));
  on("theme", () => go({ theme: isDark() ? "light" : "dark" }, false));
  on("language", () => {
    go({ lang: S.lang === "ar" ? "en" : "ar" }, false);
    shape();
  });
  on("back", () => history.back());
  on("zoom-in", () => zoom(1.3));
  on("zoom-out", () => zoom(1 / 1.3));
  on("fit", () => {
    fit();
    keepCameraSoon();
  });
  on("physics", () => settle($("physics").getAttribute("aria-pressed") !== "true"));
  on("more", () => {
    go({ count: Math.min(S.count + STEP, TIED.length) });
    fit();
  });
  on("fewer", () => {
    go({ count: startCount(), extra: new Set() });
    fit();
  });
  for (const b of document.querySelectorAll("[data-export]"))
    b.addEventListener("click", () => {
      menu(false);
      EXPORTS[b.dataset.export]();
    });
  window.addEventListener("popstate", recall);
  window.addEventListener("hashchange", recall);
  night.addEventListener("change", draw);
  let resizing = 0;
  window.addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(shape, 150);
  });
}

// After the stage has changed its size the drawing follows; what was in view stays in view.
function shape() {
  resize();
  if (!framed || (!S.camera && !S.sel)) moveCamera(false);
  if (S.sel && S.sel.node) reveal(S.sel.node);
}

Object.assign(S, decode(location.hash));
written = location.hash;
V = see();
adopt();
draw();
listen();
document.documentElement.dataset.ready = "true";
