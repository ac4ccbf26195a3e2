// The payload of kg/view.py as objects. Nothing here changes after loading.
const RAW = DATA();
const LOOK = RAW.look;
const KINDS = Object.keys(LOOK.kinds);
const STATUSES = Object.keys(LOOK.statuses);

const RELATIONS = RAW.relations.map(([name, ar, en, kind, symmetric], i) => ({
  i,
  name,
  ar,
  en,
  kind,
  symmetric: !!symmetric,
}));

const NODES = RAW.nodes.map(
  ([id, type, ar, en, transliterated, names, wikidata, posts, importance, community, x, y], i) => ({
    i,
    id,
    type: RAW.types[type],
    ar,
    en: en || ar,
    transliterated: !!transliterated,
    names,
    wikidata,
    posts,
    importance,
    community,
    x,
    y,
    edges: [],
    words: null,
  }),
);
const BY_ID = new Map(NODES.map((node) => [node.id, node]));

const ARTICLES = RAW.articles.map(([title, date, outlet, wire, url], i) => ({
  i,
  title,
  date,
  outlet,
  press: RAW.outlets[outlet],
  wire,
  url,
}));

const CLAIMS = RAW.claims.map(
  ([s, r, o, article, sentence, date, status, confidence, source, who, words, time, position, former], i) => ({
    i,
    s: NODES[s],
    r: RELATIONS[r],
    o: NODES[o],
    article: ARTICLES[article],
    sentence: RAW.sentences[sentence],
    date,
    week: date ? weekOf(date) : null,
    status,
    confidence,
    source,
    who: NODES[who] || null,
    words,
    time,
    position,
    former: !!former,
    triple: s + "|" + r + "|" + o,
  }),
);

// One edge for each two nodes that a claim joins.
const EDGES = [];
const EDGE_OF = new Map();
for (const claim of CLAIMS) {
  if (claim.s === claim.o) continue;
  const [a, b] = claim.s.i < claim.o.i ? [claim.s, claim.o] : [claim.o, claim.s];
  const key = a.i + "-" + b.i;
  let edge = EDGE_OF.get(key);
  if (!edge) {
    edge = { i: EDGES.length, key, a, b, claims: [] };
    EDGE_OF.set(key, edge);
    EDGES.push(edge);
    a.edges.push(edge);
    b.edges.push(edge);
  }
  edge.claims.push(claim);
}
const TIED = NODES.filter((node) => node.edges.length);
const WEEKS = CLAIMS.filter((c) => c.week !== null)
  .map((c) => c.week)
  .sort((a, b) => a - b);

// Articles recall what happened long ago. A handful of such claims, far from all others, shall not press the rest of the
// timeline together: they are counted in its first week, or its last, and told apart there.
function bulk(weeks) {
  const most = Math.floor(weeks.length * 0.04),
    span = weeks[weeks.length - 1] - weeks[0];
  let from = 0,
    to = weeks.length - 1;
  for (let k = 1; k <= most; k++) if (weeks[k] - weeks[k - 1] > 0.25 * span) from = k;
  for (let k = weeks.length - 2; k >= weeks.length - 1 - most; k--) if (weeks[k + 1] - weeks[k] > 0.25 * span) to = k;
  return from < to ? [from, to] : [0, weeks.length - 1];
}

const BULK = WEEKS.length ? bulk(WEEKS) : [0, 0];
const FIRST_WEEK = WEEKS.length ? WEEKS[BULK[0]] : 0,
  LAST_WEEK = WEEKS.length ? WEEKS[BULK[1]] : 0;
const EARLIER = BULK[0],
  LATER = WEEKS.length ? WEEKS.length - 1 - BULK[1] : 0;
for (const claim of CLAIMS) if (claim.week !== null) claim.week = Math.min(Math.max(claim.week, FIRST_WEEK), LAST_WEEK);

// Weeks since 1970, beginning on Mondays.
function weekOf(date) {
  return Math.floor((Date.parse(date + "T00:00:00Z") / 86400000 + 3) / 7);
}

const mondayOf = (week) => new Date((week * 7 - 3) * 86400000);
const other = (edge, node) => (edge.a === node ? edge.b : edge.a);

// What a node can be found by, folded once.
function spellings(node) {
  if (!node.words) node.words = [...new Set([node.ar, node.en, ...node.names].map(fold))].filter(Boolean);
  return node.words;
}
