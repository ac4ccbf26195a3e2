// Names on the graph, set as on a map: at one size on the screen, the important first, none on another.
const CELL = 80;
const widths = new Map();
let labelled = []; // the names that were last written, for the export

class Room {
  constructor() {
    this.cells = new Map();
  }
  *near([x, y, w, h]) {
    for (let i = Math.floor(x / CELL); i <= (x + w) / CELL; i++)
      for (let j = Math.floor(y / CELL); j <= (y + h) / CELL; j++) yield i * 10007 + j;
  }
  free(box, owner) {
    const [x, y, w, h] = box;
    for (const key of this.near(box))
      for (const [bx, by, bw, bh, of] of this.cells.get(key) || [])
        if (of !== owner && x < bx + bw && bx < x + w && y < by + bh && by < y + h) return false;
    return true;
  }
  take(box, owner) {
    for (const key of this.near(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([...box, owner]);
    }
  }
}

function width(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

const FACE = getComputedStyle(document.body).fontFamily;
const rtl = (text) => /^[^A-Za-z\u0590-\u08ff]*[\u0590-\u08ff]/.test(text);

function write(ctx, text, x, y, font, ink, paper, alpha = 1) {
  ctx.font = font;
  ctx.direction = rtl(text) ? "rtl" : "ltr";
  ctx.globalAlpha = alpha;
  ctx.lineWidth = 3.5;
  ctx.lineJoin = "round";
  ctx.strokeStyle = paper;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
  ctx.globalAlpha = 1;
}

const shorten = (text, most) => ([...text].length > most ? [...text].slice(0, most - 1).join("") + "…" : text);

const TRIED = 400; // of the nodes in view, how many are tried to be named

function drawLabels(ctx) {
  if (!V) return;
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth,
    scale = network.getScale();
  const paper = css("--paper"),
    ink = css("--ink");
  const frame = { w: stage.clientWidth, h: stage.clientHeight };
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  if (panning) again(ctx, paper);
  else afresh(ctx, frame, scale, ink, paper);
  for (const n of S.pinned.keys()) if (V.nodes.has(n)) dot(ctx, spot(n), radius(n) * scale, ink, paper);
  if (cursor && V.nodes.has(cursor) && document.activeElement === stage)
    ringAt(ctx, spot(cursor), radius(cursor) * scale + 6);
  ctx.restore();
}

// While the picture is drawn along, names keep to their nodes.
function again(ctx, paper) {
  for (const l of labelled) {
    const p = spot(l.node);
    write(ctx, l.text, p.x + l.dx, p.y + l.dy, l.font, l.ink, paper);
  }
}

const isChosen = (n) => S.sel && (S.sel.node === n || (S.sel.edge && (S.sel.edge.a === n || S.sel.edge.b === n)));

function afresh(ctx, frame, scale, ink, paper) {
  labelled = [];
  const light = lit();
  const at = new Map();
  for (const n of V.nodes) {
    const p = spot(n),
      r = radius(n) * scale;
    if (p.x > -r && p.y > -r && p.x < frame.w + r && p.y < frame.h + r) at.set(n, p);
  }
  const room = new Room(),
    discs = new Room(),
    large = new Room();
  for (const id of ["camera", "shown", "banner"]) {
    const e = $(id);
    if (e.offsetWidth) room.take([e.offsetLeft - 4, e.offsetTop, e.offsetWidth + 8, e.offsetHeight], null);
  }
  for (const [n, p] of at)
    if (!light || light.nodes.has(n)) {
      const r = radius(n) * scale * 0.8;
      discs.take([p.x - r, p.y - r, 2 * r, 2 * r], n);
    }
  drawBadges(ctx, at, light, paper, room, discs);
  const rank = (n) => (n === hovered || n === cursor || isChosen(n) ? 2 : light && light.nodes.has(n) ? 1 : 0);
  const ordered = [...at.keys()].sort((a, b) => rank(b) - rank(a) || a.i - b.i); // the number of a node is its rank
  const first = new Set(ordered.slice(0, 7 + Math.min(ordered.length, 300) / 11));
  for (const n of first) {
    const p = at.get(n),
      r = radius(n) * scale;
    large.take([p.x - r, p.y - r, 2 * r, 2 * r], n);
  }
  for (const n of ordered.slice(0, TRIED)) {
    if (light && !light.nodes.has(n) && n !== hovered) continue;
    const tries = [[room, discs], [room, large], [room], []].slice(0, rank(n) ? rank(n) + 2 : first.has(n) ? 2 : 1);
    label(ctx, n, at.get(n), radius(n) * scale, rank(n), tries, frame, ink, paper);
  }
}

// Where a node is on the screen now, also while the physics moves it.
function spot(node) {
  const body = network.body.nodes[node.i];
  return network.canvasToDOM(body ? { x: body.x, y: body.y } : placeOf(node));
}

// The names of the first may, if need be, lie on small discs; the others are left out where there is no room.
function label(ctx, node, p, r, rank, tries, frame, ink, paper) {
  const size = Math.round(11.5 + 5 * node.importance + (rank === 2 ? 1 : 0));
  const text = shorten(nameOf(node), rank ? 48 : 26);
  const font = `${rank === 2 ? 700 : node.importance > 0.45 ? 600 : 500} ${size}px ${FACE}`;
  const w = width(ctx, font, text) + 6,
    h = size * 1.35;
  const inside = (x) => Math.min(frame.w - w / 2 - 3, Math.max(w / 2 + 3, x));
  const under = p.y + r + h / 2 + 1,
    over = p.y - r - h / 2 - 1,
    aside = r + w / 2 + 2,
    slant = w / 2 + r * 0.2;
  const spots = [
    [inside(p.x), under],
    [inside(p.x), over],
    [p.x + aside, p.y],
    [p.x - aside, p.y],
    [p.x + slant, under - r * 0.2],
    [p.x - slant, under - r * 0.2],
    [p.x + slant, over + r * 0.2],
    [p.x - slant, over + r * 0.2],
  ];
  const air = tries.length > 1 ? 0 : 5; // the less important stand only where there is plenty of room
  // The names of an opened edge stand away from it.
  const end = S.sel && S.sel.edge && isChosen(node) ? spot(other(S.sel.edge, node)) : null;
  if (end && end.y > p.y) spots.unshift(spots.splice(1, 1)[0]);
  for (const rooms of tries)
    for (const [x, y] of spots) {
      if (inside(x) !== x || (y < h / 2 && p.y >= 0)) continue;
      const box = [x - w / 2 - air, y - h / 2 - air / 2, w + 2 * air, h + air];
      if (!rooms.every((room) => room.free(box, node))) continue;
      tries[0][0].take(box, node);
      labelled.push({ node, text, x, y, dx: x - p.x, dy: y - p.y, size, font, weight: font.slice(0, 3), ink });
      write(ctx, text, x, y, font, ink, paper);
      return;
    }
}

// How many relations an edge gathers, what sort of claim a dashed one is, and the names of those of an open one.
function drawBadges(ctx, at, light, paper, room, discs) {
  if (S.sel && S.sel.edge)
    for (const [id, { group }] of drawnEdges)
      if (group) {
        const p = middle(id, spot(group.s), spot(group.o));
        const text = nameOf(group.r) + (group.claims.length > 1 ? ` ×${group.claims.length}` : "");
        room.take([p.x - 40, p.y - 9, 80, 18], null);
        write(ctx, text, p.x, p.y, `600 13px ${FACE}`, paint(LOOK.kinds[group.r.kind]), paper);
      }
  if (V.edges.length > 300) return;
  for (const edge of V.edges) {
    if ((light && !light.edges.has(edge)) || (S.sel && S.sel.edge === edge)) continue;
    const a = at.get(edge.a),
      b = at.get(edge.b);
    if (!a || !b) continue;
    if (Math.hypot(a.x - b.x, a.y - b.y) < 70) continue;
    const solid = V.solid.get(edge),
      dashed = V.dashed.get(edge);
    if (solid && groups(solid).length > 1)
      badge(ctx, along(a, b, [room, discs]), String(groups(solid).length), solid, paper, room);
    if (dashed) badge(ctx, middle("d" + edge.i, a, b), LOOK.statuses[dashed[0].status].sign, dashed, paper, room);
  }
}

function middle(id, a, b) {
  const line = network.body.edges[id];
  try {
    return network.canvasToDOM(line.edgeType.getPoint(0.5));
  } catch {
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }
}

// A place on the line that lies on no node; the middle, if there is none.
function along(a, b, rooms) {
  const spots = [0.5, 0.42, 0.58, 0.34, 0.66].map((t) => ({ x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) }));
  return spots.find((p) => rooms.every((room) => room.free([p.x - 9, p.y - 9, 18, 18], null))) || spots[0];
}

function badge(ctx, p, text, claims, paper, room) {
  const colour = paint(LOOK.kinds[mainKind(claims)]);
  ctx.beginPath();
  ctx.arc(p.x, p.y, 7.5, 0, 7);
  ctx.fillStyle = paper;
  ctx.fill();
  ctx.lineWidth = 1.2;
  ctx.strokeStyle = colour;
  ctx.stroke();
  ctx.font = `700 10px ${FACE}`;
  ctx.fillStyle = colour;
  ctx.fillText(text, p.x, p.y + 0.5);
  room.take([p.x - 8, p.y - 8, 16, 16], null);
}

function dot(ctx, p, r, ink, paper) {
  ctx.beginPath();
  ctx.arc(p.x + r * 0.75, p.y - r * 0.75, 4, 0, 7);
  ctx.fillStyle = ink;
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = paper;
  ctx.stroke();
}

function ringAt(ctx, p, r) {
  ctx.beginPath();
  ctx.arc(p.x, p.y, r, 0, 7);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = css("--accent");
  ctx.stroke();
}
