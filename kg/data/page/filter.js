// From the state to what is seen: V.nodes, V.edges, V.solid and V.dashed (edge -> its claims that pass).
let V = null;

function passes(claim) {
  if (claim.status !== "stated" && !S.claims.has(claim.status)) return false;
  if (S.offRelations.has(claim.r.name)) return false;
  if (S.offOutlets.has(claim.article.outlet)) return false;
  if (claim.confidence < S.conf) return false;
  if (S.from === null && S.to === null) return true;
  if (claim.week === null) return false;
  return claim.week >= (S.from ?? FIRST_WEEK) && claim.week <= (S.to ?? LAST_WEEK);
}

// The claims that pass; those whose relation too few independent sources tell are left out.
function passing() {
  const found = CLAIMS.filter(passes);
  if (S.min < 2) return found;
  const told = new Map();
  for (const c of found) {
    const key = c.triple + (c.status === "stated");
    if (!told.has(key)) told.set(key, new Set());
    told.get(key).add(c.source);
  }
  return found.filter((c) => told.get(c.triple + (c.status === "stated")).size >= S.min);
}

const typeShown = (node) => !S.offTypes.has(node.type) && !S.hidden.has(node);

function see() {
  const solid = new Map(),
    dashed = new Map();
  const claims = passing();
  for (const claim of claims) {
    const edge = edgeBetween(claim.s, claim.o);
    if (!edge || !typeShown(edge.a) || !typeShown(edge.b)) continue;
    const side = claim.status === "stated" ? solid : dashed;
    if (!side.has(edge)) side.set(edge, []);
    side.get(edge).push(claim);
  }
  const all = new Set([...solid.keys(), ...dashed.keys()]);
  const ties = new Set(solid.keys());
  const candidates = ranked(all);
  const nodes = chosen(all, ties, candidates);
  const edges = [...all].filter((e) => nodes.has(e.a) && nodes.has(e.b));
  const path = S.path ? shortest(S.path[0], S.path[1], ties) : null;
  const kept = claims.filter((c) => nodes.has(c.s) && nodes.has(c.o) && c.s !== c.o);
  return { claims, solid, dashed, all, nodes, edges, path, candidates: candidates.length, kept };
}

// The nodes that a claim ties to another under the filters, the most important first.
function ranked(all) {
  const tied = new Set();
  for (const edge of all) tied.add(edge.a).add(edge.b);
  return TIED.filter((n) => tied.has(n));
}

// The nodes to draw: the most important, what the reader added, and of those only what has a tie that is seen.
function chosen(all, ties, candidates) {
  const wanted = new Set([...candidates.slice(0, S.count), ...S.extra, ...S.pinned.keys()]);
  if (S.sel && S.sel.node) wanted.add(S.sel.node);
  if (S.sel && S.sel.edge) wanted.add(S.sel.edge.a).add(S.sel.edge.b);
  if (S.path) for (const step of shortest(S.path[0], S.path[1], ties) || S.path) wanted.add(step);
  const within = S.focus ? around(S.focus, S.depth, all) : null;
  if (within && within.size <= 400) for (const node of within) wanted.add(node);
  const tied = new Set();
  for (const edge of all) if (wanted.has(edge.a) && wanted.has(edge.b)) tied.add(edge.a).add(edge.b);
  const keep = (n) => (tied.has(n) || S.pinned.has(n) || (S.sel && S.sel.node === n)) && (!within || within.has(n));
  return new Set([...wanted].filter((n) => typeShown(n) && keep(n)));
}

function around(node, depth, edges) {
  let front = [node];
  const seen = new Set(front);
  for (let d = 0; d < depth; d++) {
    const next = [];
    for (const n of front)
      for (const e of n.edges) {
        const o = other(e, n);
        if (edges.has(e) && !seen.has(o)) {
          seen.add(o);
          next.push(o);
        }
      }
    front = next;
  }
  return seen;
}

// A shortest path over these edges as a list of nodes, or null.
function shortest(from, to, edges) {
  const came = new Map([[from, null]]);
  for (const queue = [from]; queue.length && !came.has(to);) {
    const node = queue.shift();
    for (const e of node.edges) {
      const o = other(e, node);
      if (edges.has(e) && !came.has(o)) {
        came.set(o, node);
        queue.push(o);
      }
    }
  }
  if (!came.has(to)) return null;
  const path = [];
  for (let at = to; at; at = came.get(at)) path.unshift(at);
  return path;
}

// The claims of an edge that pass, gathered by relation and direction, most told first.
function groups(claims) {
  const found = new Map();
  for (const c of claims) {
    const key = c.triple + "|" + c.status;
    if (!found.has(key)) found.set(key, { r: c.r, s: c.s, o: c.o, status: c.status, claims: [] });
    found.get(key).claims.push(c);
  }
  const rank = (g) => (g.status === "stated" ? 1000 : 0) + g.claims.length;
  return [...found.values()].sort((a, b) => rank(b) - rank(a) || a.r.i - b.r.i);
}

const sourcesOf = (claims) => new Set(claims.map((c) => c.source)).size;

// The kind that most of the claims are of; of equals the one that comes first in the legend.
function mainKind(claims) {
  const count = new Map();
  for (const c of claims) count.set(c.r.kind, (count.get(c.r.kind) || 0) + 1);
  // A standing fact is told in passing again and again; what happened says more of two actors.
  if (count.size > 1) count.delete("standing");
  return KINDS.reduce((best, k) => ((count.get(k) || 0) > (count.get(best) || 0) ? k : best), [...count.keys()][0]);
}
