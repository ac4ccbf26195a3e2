// What is seen, as a picture or as a table to take along.
const escaped = (text) =>
  String(text)
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

const FOOT = 88; // the height of the legend under a picture

// The view as an SVG document: the same places, looks and names as on the screen, with title and legend.
function svgText() {
  const w = stage.clientWidth,
    h = stage.clientHeight;
  const scale = network.getScale(),
    ink = css("--ink"),
    paper = css("--paper"),
    quiet = css("--quiet");
  const light = lit(),
    out = [];
  for (const [id, { look }] of drawnEdges) out.push(svgEdge(id, look, scale));
  for (const n of V.nodes) {
    const look = nodeLook(n, light),
      p = spot(n);
    out.push(
      `<path d="${outline(LOOK.types[n.type].shape, p.x, p.y, look.size * scale)}" fill="${look.color.background}" stroke="${look.color.border}" stroke-width="${look.borderWidth}" opacity="${look.opacity}"/>`,
    );
  }
  for (const t of labelled) out.push(svgLabel(t.text, t.x, t.y, t.size, t.weight, t.ink, paper));
  return (
    `<svg xmlns="${SVG}" width="${w}" height="${h + FOOT}" viewBox="0 0 ${w} ${h + FOOT}" font-family="${escaped(FACE)}">` +
    `<rect width="${w}" height="${h + FOOT}" fill="${paper}"/><clipPath id="c"><rect width="${w}" height="${h}"/></clipPath><g clip-path="url(#c)">${out.join("")}</g>` +
    `<path d="M0 ${h}h${w}" stroke="${css("--line")}"/>${legendText(w, h, ink, quiet)}</svg>`
  );
}

// Under the picture: the types, the kinds, and what it is a picture of.
function legendText(w, h, ink, quiet) {
  const start = S.lang === "ar" ? w - 16 : 16,
    step = S.lang === "ar" ? -1 : 1;
  const ctx = stage.querySelector("canvas").getContext("2d");
  const row = (entries, y) => {
    let x = start;
    return entries
      .map(([mark, text]) => {
        const made = mark(x, y - 4) + plainText(text, x + step * 22, y, 12, ink);
        x += step * (40 + width(ctx, `500 12px ${FACE}`, text));
        return made;
      })
      .join("");
  };
  const types = RAW.types
    .filter((t) => [...V.nodes].some((n) => n.type === t))
    .map((t) => [
      (x, y) => {
        const ring = LOOK.types[t].shape === "ring",
          colour = paint(LOOK.types[t]);
        return `<path d="${outline(LOOK.types[t].shape, x + step * 8, y, 6)}" fill="${ring ? "none" : colour}" stroke="${ring ? colour : "none"}" stroke-width="2"/>`;
      },
      typeName(t),
    ]);
  const line = (colour, dash) => (x, y) =>
    `<path d="M${x} ${y}h${step * 16}" stroke="${colour}" stroke-width="3"${dash ? ' stroke-dasharray="4 3"' : ""}/>`;
  const kinds = KINDS.filter((k) => V.kept.some((c) => c.r.kind === k)).map((k) => [
    line(paint(LOOK.kinds[k])),
    nameOf(LOOK.kinds[k]),
  ]);
  if (V.dashed.size) kinds.push([line(quiet, true), say("claims")]);
  const span = V.kept
    .map((c) => c.date)
    .filter(Boolean)
    .sort();
  const about = [
    RAW.title[S.lang],
    span.length ? `${dayText(span[0])} – ${dayText(span[span.length - 1])}` : "",
    $("status").textContent,
  ]
    .filter(Boolean)
    .join(" · ");
  return row(types, h + 24) + row(kinds, h + 48) + plainText(about, start, h + 74, 12, quiet);
}

function plainText(text, x, y, size, colour) {
  const dir = S.lang === "ar" ? "rtl" : "ltr";
  return `<text x="${x}" y="${y}" direction="${dir}" font-size="${size}" fill="${colour}">${escaped(text)}</text>`;
}

function svgLabel(text, x, y, size, weight, ink, paper) {
  return `<text x="${x.toFixed(1)}" y="${(y + size * 0.34).toFixed(1)}" text-anchor="middle" direction="${rtl(text) ? "rtl" : "ltr"}" font-size="${size}" font-weight="${weight}" fill="${ink}" stroke="${paper}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">${escaped(text)}</text>`;
}

// An edge runs from rim to rim; a bent one over the point that vis-network takes for its middle.
function svgEdge(id, look, scale) {
  const a = spot(NODES[look.from]),
    b = spot(NODES[look.to]);
  const mid = look.smooth ? middle(id, a, b) : null;
  const via = mid ? { x: 2 * mid.x - (a.x + b.x) / 2, y: 2 * mid.y - (a.y + b.y) / 2 } : null;
  const cut = (p, towards, r) => {
    const d = Math.hypot(towards.x - p.x, towards.y - p.y) || 1;
    return { x: p.x + ((towards.x - p.x) * r) / d, y: p.y + ((towards.y - p.y) * r) / d };
  };
  const from = cut(a, via || b, radius(NODES[look.from]) * scale),
    to = cut(b, via || a, radius(NODES[look.to]) * scale);
  const at = (p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
  const width = Math.max(0.6, look.width * scale);
  const line = `<path d="M${at(from)}${via ? "Q" + at(via) + " " : "L"}${at(to)}" fill="none" stroke="${look.color.color}" stroke-width="${width.toFixed(2)}" opacity="${look.color.opacity}"${look.dashes ? ` stroke-dasharray="${look.dashes.map((d) => (d * scale).toFixed(1)).join(" ")}"` : ""}/>`;
  const head = (tip, back) => {
    const d = Math.hypot(tip.x - back.x, tip.y - back.y) || 1,
      ux = (tip.x - back.x) / d,
      uy = (tip.y - back.y) / d,
      s = 5 + 2 * width;
    return `<path d="M${at(tip)}L${at({ x: tip.x - s * ux - (s * uy) / 2.4, y: tip.y - s * uy + (s * ux) / 2.4 })}L${at({ x: tip.x - s * ux + (s * uy) / 2.4, y: tip.y - s * uy - (s * ux) / 2.4 })}Z" fill="${look.color.color}" opacity="${look.color.opacity}"/>`;
  };
  return (
    line +
    (look.arrows.to.enabled ? head(to, via || from) : "") +
    (look.arrows.from.enabled ? head(from, via || to) : "")
  );
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const anchor = el("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// A picture needs the graph on the screen.
function onStage(run) {
  if (S.view === "graph") {
    run();
    return;
  }
  go({ view: "graph" });
  shape();
  requestAnimationFrame(() => requestAnimationFrame(run));
}

const saveSvg = () => onStage(() => save(new Blob([svgText()], { type: "image/svg+xml" }), "kg.svg"));

const savePng = () => onStage(drawPng);

function drawPng() {
  const picture = new Image(),
    times = 2;
  picture.onload = () => {
    const canvas = el("canvas", { width: stage.clientWidth * times, height: (stage.clientHeight + FOOT) * times });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, "kg.png"), "image/png");
  };
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText());
}

// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
function cell(value) {
  const text = String(value ?? "").replace(/[\r\n]+/g, " ");
  const safe = /^[\s]*[=+\-@\t]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text;
  return /[",]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function csvText() {
  const head = [
    "subject_ar",
    "subject_en",
    "subject_type",
    "relation",
    "object_ar",
    "object_en",
    "object_type",
    "status",
    "confidence",
    "date",
    "said_by",
    "outlet",
    "agency",
    "article",
    "article_date",
    "url",
    "sentence",
  ];
  const lines = V.kept.map((c) => [
    c.s.ar,
    c.s.en,
    c.s.type,
    c.r.name,
    c.o.ar,
    c.o.en,
    c.o.type,
    c.status,
    c.confidence,
    c.date,
    c.who ? c.who.ar : c.words,
    c.article.press,
    c.article.wire,
    c.article.title,
    c.article.date,
    c.article.url,
    c.sentence[0],
  ]);
  return "\ufeff" + [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

const saveCsv = () => save(new Blob([csvText()], { type: "text/csv;charset=utf-8" }), "kg.csv");

function copyLink() {
  keepCamera();
  const done = () => announce(say("copied"));
  const byHand = () => {
    const box = el("textarea", { class: "hidden" });
    box.value = location.href;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    done();
  };
  if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(location.href).then(done, byHand);
  else byHand();
  toast(say("copied"));
}

function toast(text) {
  const note = $("toast");
  note.textContent = text;
  note.hidden = false;
  setTimeout(() => {
    note.hidden = true;
  }, 2500);
}

const EXPORTS = { png: savePng, svg: saveSvg, csv: saveCsv, link: copyLink };
