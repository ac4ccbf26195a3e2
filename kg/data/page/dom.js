// Making elements. Texts become text nodes and attribute values, never markup, whatever they hold.
const $ = (id) => document.getElementById(id);

function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [type, run] of Object.entries(value)) made.addEventListener(type, run);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(
    ...children
      .flat(9)
      .filter((c) => c !== null && c !== undefined && c !== false)
      .map((c) => (typeof c === "number" ? String(c) : c)),
  );
  return made;
}

const button = (text, click, more = {}) => el("button", { type: "button", ...more, on: { click } }, text);
const fill = (place, ...children) => place.replaceChildren(...children.flat(9).filter(Boolean));

// Foreign text stands apart from the words around it, so that neither turns the other about.
const bdi = (text, more = {}) => el("bdi", { dir: "auto", ...more }, text);
const named = (thing) => bdi(nameOf(thing));
const heard = (text) => el("span", { class: "hidden" }, text);

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

// The outline of a node's shape as an SVG path, as vis-network draws it on the canvas.
function outline(shape, x, y, r) {
  const path = (points) => "M" + points.map(([a, b]) => `${(x + a).toFixed(2)} ${(y + b).toFixed(2)}`).join("L") + "Z";
  const ngon = (n, at) => path(Array.from({ length: n }, (_, i) => at(i)));
  const up = (d) => {
    const s = 1.15 * r,
      low = s / Math.sqrt(3);
    return path([
      [0, d * (0.316 * r - 2 * low)],
      [s, d * (0.316 * r + low)],
      [-s, d * (0.316 * r + low)],
    ]);
  };
  if (shape === "square")
    return path([
      [-r, -r],
      [r, -r],
      [r, r],
      [-r, r],
    ]);
  if (shape === "diamond")
    return path([
      [0, -r],
      [r, 0],
      [0, r],
      [-r, 0],
    ]);
  if (shape === "triangle") return up(1);
  if (shape === "triangleDown") return up(-1);
  if (shape === "hexagon") return ngon(6, (i) => [r * Math.cos((i * Math.PI) / 3), r * Math.sin((i * Math.PI) / 3)]);
  if (shape === "star")
    return ngon(10, (i) => {
      const reach = 0.82 * r * (i % 2 ? 0.5 : 1.3),
        turn = (i * Math.PI) / 5;
      return [reach * Math.sin(turn), 0.082 * r - reach * Math.cos(turn)];
    });
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

// The sign of a type beside its name.
function sign(type) {
  const { shape } = LOOK.types[type];
  const ring = shape === "ring";
  return svg(
    "svg",
    { viewBox: "0 0 16 16", class: "sign", "aria-hidden": "true" },
    svg("path", {
      d: outline(shape, 8, 8, ring ? 5 : shape === "square" ? 5.5 : 6.2),
      style: ring ? `fill:none;stroke:var(--t-${type});stroke-width:2.5` : `fill:var(--t-${type})`,
    }),
  );
}

// A line of a kind's colour; dashed for what is no fact.
const stroke = (kind, dashed) =>
  el("span", { class: dashed ? "stroke dashed" : "stroke", style: `color:var(--k-${kind})`, "aria-hidden": "true" });

const locale = () => (S.lang === "ar" ? "ar-u-nu-latn" : "en-GB");
const formats = new Map();

function dayText(date, how = { day: "numeric", month: "long", year: "numeric" }) {
  if (!date) return say("undated");
  const key = locale() + JSON.stringify(how);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { ...how, timeZone: "UTC" }));
  return formats.get(key).format(typeof date === "string" ? new Date(date + "T00:00:00Z") : date);
}

const number = (n) => n.toLocaleString("en");

// «ثلاثة مصادر» is not «ثلاثة مصدر»: a number with its noun in the form that the number asks for.
function counted(noun, n) {
  const [ar, en] = NOUNS[noun];
  if (S.lang === "en") return `${number(n)} ${n === 1 ? en[0] : en[1]}`;
  const form = new Intl.PluralRules("ar").select(n);
  if (form === "one") return ar[0];
  if (form === "two") return ar[1];
  return `${number(n)} ${{ few: ar[2], many: ar[3] }[form] || ar[4]}`;
}

const percent = (n) => Math.round(n * 100) + "%";

// Moves the focus to what was rebuilt in the place of what had it.
function keepFocus(place, rebuild) {
  const had = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const top = place.scrollTop;
  rebuild();
  place.scrollTop = top;
  if (had) {
    const now = [...place.querySelectorAll("[data-key]")].find((e) => e.dataset.key === had);
    if (now) now.focus({ preventScroll: true });
  }
}
