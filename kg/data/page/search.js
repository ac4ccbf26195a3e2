// Finding an entity by its name, in Arabic or English, in any spelling.
const MOST = 12;
let matches = [],
  at = -1;

// 0: no; the higher, the better. Every word asked for must be met, in any order, the last one also by its beginning.
function score(wanted, words, spelling) {
  if (spelling === wanted) return 100;
  if (spelling.startsWith(wanted)) return 80;
  const has = spelling.split(" ").map(bare);
  const met = words.map((w) => {
    if (has.includes(w)) return 3;
    if (has.some((h) => h.startsWith(w))) return 2;
    if (w.length > 2 && has.some((h) => h.includes(w))) return 1;
    // A letter may be wrong in a word of four letters, two in one of eight.
    return w.length > 3 && has.some((h) => near(h, w, w.length > 7 ? 2 : 1)) ? 0.5 : 0;
  });
  return met.some((m) => !m) ? 0 : 10 + (10 * met.reduce((a, b) => a + b, 0)) / met.length;
}

function search(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const words = wanted.split(" ").map(bare);
  const glued = wanted.replace(/ /g, "");
  const found = [];
  for (const node of TIED) {
    let best = 0,
      by = "";
    for (const spelling of spellings(node)) {
      const s = Math.max(
        score(wanted, words, spelling),
        glued.length > 5 && spelling.replace(/ /g, "").startsWith(glued) ? 60 : 0,
      );
      if (s > best) {
        best = s;
        by = spelling;
      }
    }
    if (best) found.push({ node, rank: best + 9 * node.importance, by });
  }
  return found.sort((a, b) => b.rank - a.rank).slice(0, MOST);
}

// The spelling that was met, where it is not the name that is shown.
function metName({ node, by }) {
  if (fold(nameOf(node)) === by) return null;
  return [node.ar, node.en, ...node.names].find((name) => fold(name) === by) || null;
}

function showMatches() {
  const box = $("found"),
    input = $("search");
  const asked = Boolean(fold(input.value));
  matches = asked ? search(input.value) : [];
  at = matches.length ? 0 : -1;
  fill(
    box,
    matches.length
      ? matches.map((m, i) => {
          const also = metName(m);
          return el(
            "li",
            {
              role: "option",
              id: "found-" + i,
              "aria-selected": String(i === at),
              on: {
                mousedown: (e) => {
                  e.preventDefault();
                  take(i);
                },
              },
            },
            sign(m.node.type),
            el(
              "span",
              { class: "grow" },
              named(m.node),
              also ? el("span", { class: "quiet small" }, " ", bdi(also)) : null,
            ),
            el("span", { class: "quiet small" }, singular(m.node.type)),
          );
        })
      : asked
        ? [el("li", { class: "quiet", role: "option", "aria-disabled": "true" }, say("notFound"))]
        : [],
  );
  showBox(asked);
  if (asked) announce(matches.length ? counted("result", matches.length) : say("notFound"));
}

function showBox(on) {
  $("found").hidden = !on;
  $("search").setAttribute("aria-expanded", String(on));
  if (on && at >= 0) $("search").setAttribute("aria-activedescendant", "found-" + at);
  else $("search").removeAttribute("aria-activedescendant");
}

function move(by) {
  if (!matches.length) return;
  at = (at + by + matches.length) % matches.length;
  [...$("found").children].forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
  $("found").children[at].scrollIntoView({ block: "nearest" });
  showBox(true);
}

function take(i) {
  const found = matches[i];
  if (!found) return;
  $("search").value = "";
  showBox(false);
  openNode(found.node);
}

function listenToSearch() {
  const input = $("search");
  input.addEventListener("input", showMatches);
  input.addEventListener("focus", () => {
    if (input.value) showMatches();
  });
  input.addEventListener("blur", () => showBox(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") take(at);
    else if (event.key === "Escape") {
      event.stopPropagation();
      if (input.value) {
        input.value = "";
        showBox(false);
      } else input.blur();
    } else return;
    event.preventDefault();
  });
}
