// The panel of an edge: every claim behind it, with the sentence that says so.

function edgePanel(edge) {
  const found = groups([...(V.solid.get(edge) || []), ...(V.dashed.get(edge) || [])]);
  return [
    el(
      "header",
      {},
      el("p", { class: "kicker" }, say("between")),
      el(
        "h2",
        { class: "pair" },
        nodeButton(edge.a),
        el("span", { class: "quiet", "aria-hidden": "true" }, "↔"),
        nodeButton(edge.b),
      ),
      closer(),
    ),
    found.length
      ? el(
          "p",
          { class: "marks" },
          ["subject", "trigger", "object"].map((part) => el("mark", { class: part }, say(part))),
        )
      : el("p", { class: "quiet" }, say("nothing")),
    found.map(groupSection),
    restOf(edge),
  ];
}

// Claims that the filters keep out are counted, so that nobody thinks that there are none.
function restOf(edge) {
  const seen = (V.solid.get(edge) || []).length + (V.dashed.get(edge) || []).length;
  const unsure = edge.claims.filter((c) => c.status !== "stated" && !S.claims.has(c.status));
  return [
    unsure.length
      ? el(
          "p",
          { class: "note" },
          counted("unsure", unsure.length),
          " ",
          button(say("switchOn"), () => go({ claims: new Set([...S.claims, ...unsure.map((c) => c.status)]) }), {
            class: "link",
            "data-key": "unsure",
          }),
        )
      : null,
    edge.claims.length - seen - unsure.length > 0
      ? el("p", { class: "quiet small" }, say("filteredOut", { n: edge.claims.length - seen - unsure.length }))
      : null,
  ];
}

function groupSection(g) {
  const dates = g.claims
    .map((c) => c.date)
    .filter(Boolean)
    .sort();
  const span = dates.length
    ? dates[0] === dates[dates.length - 1]
      ? dayText(dates[0])
      : `${dayText(dates[0])} – ${dayText(dates[dates.length - 1])}`
    : "";
  return el(
    "section",
    {
      class: g.status === "stated" ? "group" : "group unsure",
      "data-group": `${g.s.i}-${g.r.i}-${g.o.i}-${g.status}`,
      style: `--kind:var(--k-${g.r.kind})`,
    },
    el("h3", {}, named(g.s), " ", el("span", { class: "verb" }, nameOf(g.r)), " ", named(g.o), statusTag(g.status)),
    el(
      "p",
      { class: "quiet small" },
      [counted("claim", g.claims.length), sourceCount(g.claims), span]
        .filter(Boolean)
        .flatMap((t, i) => [i ? " · " : null, bdi(t)]),
    ),
    list(
      [...g.claims].sort((a, b) => (a.date < b.date ? 1 : -1)),
      claimCard,
      { class: "plain claims" },
      5,
    ),
  );
}

function claimCard(c) {
  const who = c.who ? link(c.who) : c.words ? bdi(c.words) : null;
  return el(
    "article",
    { class: "claim" },
    el("blockquote", { dir: "rtl", lang: "ar" }, marked(c.sentence)),
    el("p", { class: "source" }, articleName(c.article)),
    el("p", { class: "quiet small" }, articleLine(c.article)),
    el(
      "p",
      { class: "meta small" },
      who ? el("span", {}, say("says"), " ", who) : null,
      c.position ? el("span", {}, bdi(c.position), c.former ? ` (${say("former")})` : null) : null,
      c.time ? el("span", {}, say("when"), ": ", bdi(c.time), c.date ? ` (${dayText(c.date)})` : null) : null,
      el("span", {}, say("status"), ": ", c.status === "stated" ? say("stated") : nameOf(LOOK.statuses[c.status])),
      el(
        "span",
        { class: "sure" },
        say("confidenceIs", { n: percent(c.confidence) }),
        el("span", { class: "bar", "aria-hidden": "true" }, el("span", { style: `width:${percent(c.confidence)}` })),
      ),
    ),
  );
}

// The sentence with subject, trigger and object marked; the parts may lie in one another.
function marked([text, ...spans]) {
  const names = ["subject", "trigger", "object"];
  const cuts = [...new Set([0, text.length, ...spans.flat()])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => {
    const start = cuts[i],
      piece = text.slice(start, end);
    const inside = names
      .filter((_, k) => spans[k].length && spans[k][0] <= start && end <= spans[k][1])
      .sort((a, b) => size(spans[names.indexOf(a)]) - size(spans[names.indexOf(b)]));
    return inside.length
      ? el("mark", { class: inside[0], title: inside.map((n) => say(n)).join(" · ") }, piece)
      : piece;
  });
}

const size = ([start, end]) => end - start;
