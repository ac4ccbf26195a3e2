// Claims a week, and the range of weeks that is looked at. Time runs the way the language is read.
const SPAN = LAST_WEEK - FIRST_WEEK + 1;
const BAR_GROUP = Math.max(1, Math.ceil(SPAN / 260)); // a bar is a week, or several where there are very many

function syncTimeline() {
  const place = $("timeline");
  if (!WEEKS.length) {
    place.hidden = true;
    return;
  }
  if (!place.firstChild || place.dataset.lang !== S.lang) buildTimeline(place);
  const from = S.from ?? FIRST_WEEK,
    to = S.to ?? LAST_WEEK;
  drawBars($("bars"), from, to);
  $("t-from").value = from;
  $("t-to").value = to;
  rangeText(from, to);
  $("t-all").hidden = S.from === null && S.to === null;
}

function buildTimeline(place) {
  place.dataset.lang = S.lang;
  const range = (id, name) =>
    el("input", { type: "range", id, min: FIRST_WEEK, max: LAST_WEEK, step: 1, "aria-label": say(name) });
  const undated = CLAIMS.length - WEEKS.length;
  const notes = [
    BAR_GROUP > 1 ? say("perWeeks", { n: counted("week", BAR_GROUP) }) : say("perWeek"),
    EARLIER && say("earlier", { n: EARLIER }),
    LATER && say("later", { n: LATER }),
    undated && say("undatedN", { n: undated }),
  ];
  fill(
    place,
    el(
      "div",
      { class: "timehead" },
      el("span", { id: "t-range" }),
      el("span", { class: "quiet small" }, notes.filter(Boolean).join(" · ")),
      button(say("all"), () => go({ from: null, to: null }), { id: "t-all", class: "link" }),
    ),
    el(
      "div",
      { class: "strip" },
      svg("svg", { id: "bars", viewBox: `0 0 ${SPAN} 100`, preserveAspectRatio: "none", "aria-hidden": "true" }),
      range("t-from", "from"),
      range("t-to", "to"),
      el("div", { class: "ticks", "aria-hidden": "true" }, ticks()),
    ),
  );
  for (const [id, mine] of [
    ["t-from", "from"],
    ["t-to", "to"],
  ]) {
    $(id).addEventListener("input", () => {
      const [from, to] = rangeNow(mine);
      rangeText(from, to);
      drawBars($("bars"), from, to);
    });
    $(id).addEventListener("change", () => {
      const [from, to] = rangeNow(mine);
      go({ from: from <= FIRST_WEEK ? null : from, to: to >= LAST_WEEK ? null : to });
    });
  }
}

// The two ends as they stand now; the end that is moved stops at the other.
function rangeNow(mine) {
  let from = Number($("t-from").value),
    to = Number($("t-to").value);
  if (from > to) {
    if (mine === "from") from = to;
    else to = from;
    $("t-" + mine).value = mine === "from" ? from : to;
  }
  return [from, to];
}

function rangeText(from, to) {
  const last = new Date(mondayOf(to).getTime() + 6 * 86400000);
  fill($("t-range"), bdi(dayText(mondayOf(from))), " – ", bdi(dayText(last)));
  $("t-from").setAttribute("aria-valuetext", dayText(mondayOf(from)));
  $("t-to").setAttribute("aria-valuetext", dayText(last));
}

// Months, or years where there are many.
function ticks() {
  const years = SPAN > 110,
    out = [];
  const day = mondayOf(FIRST_WEEK);
  day.setUTCDate(1);
  let last = -100;
  for (let i = 0; i < 400; i++) {
    if (years) {
      day.setUTCMonth(0);
      day.setUTCFullYear(day.getUTCFullYear() + (i ? 1 : 0));
    } else if (i) day.setUTCMonth(day.getUTCMonth() + 1);
    const share = (100 * (weekOf(day.toISOString().slice(0, 10)) - FIRST_WEEK)) / SPAN;
    if (share > 97) break;
    if (share < 0 || share - last < 9) continue;
    last = share;
    out.push(
      el(
        "span",
        { style: `inset-inline-start:${share.toFixed(2)}%` },
        dayText(new Date(day), years ? { year: "numeric" } : { month: "short", year: "numeric" }),
      ),
    );
  }
  return out;
}

let counts = null,
  countsOf = null;

// What the other filters let through, by week and kind; the range itself does not hide bars, it pales them.
function weekCounts() {
  const key = [S.offRelations, S.offOutlets, S.claims, S.conf, S.offTypes, S.hidden]
    .map((v) => (v instanceof Set ? [...v].map((x) => x.i ?? x).join() : v))
    .join("|");
  if (countsOf === key) return counts;
  countsOf = key;
  counts = new Map(KINDS.map((k) => [k, new Float64Array(Math.ceil(SPAN / BAR_GROUP))]));
  const range = [S.from, S.to];
  S.from = S.to = null;
  for (const c of CLAIMS)
    if (c.week !== null && passes(c) && typeShown(c.s) && typeShown(c.o))
      counts.get(c.r.kind)[Math.floor((c.week - FIRST_WEEK) / BAR_GROUP)]++;
  [S.from, S.to] = range;
  return counts;
}

function drawBars(place, from, to) {
  const by = weekCounts();
  const bars = Math.ceil(SPAN / BAR_GROUP),
    base = new Float64Array(bars);
  let most = 1;
  for (let b = 0; b < bars; b++)
    most = Math.max(
      most,
      KINDS.reduce((n, k) => n + by.get(k)[b], 0),
    );
  const flip = S.lang === "ar";
  const paths = [];
  for (const kind of KINDS) {
    const d = ["", ""];
    by.get(kind).forEach((n, b) => {
      if (!n) return;
      const week = FIRST_WEEK + b * BAR_GROUP,
        inside = week + BAR_GROUP - 1 >= from && week <= to;
      const h = (92 * n) / most,
        gap = Math.min(0.16, 0.004 * SPAN) * BAR_GROUP,
        x = flip ? SPAN - (b + 1) * BAR_GROUP : b * BAR_GROUP;
      d[inside ? 0 : 1] += `M${x + gap / 2} ${100 - base[b]}v${-h}h${BAR_GROUP - gap}v${h}z`;
      base[b] += h;
    });
    d.forEach((path, pale) => {
      if (path) paths.push(svg("path", { d: path, style: `fill:var(--k-${kind})`, opacity: pale ? 0.22 : 0.9 }));
    });
  }
  place.replaceChildren(...paths);
}
