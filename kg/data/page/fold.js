// Comparing names in any spelling: the folding of kg/arabic.py, with its own table of letters and marks.
const MARKS = new RegExp(DATA().fold.marks, "gu");
const LETTERS = DATA().fold.letters;

function DATA() {
  if (!DATA.value) DATA.value = JSON.parse(document.getElementById("kg-data").textContent);
  return DATA.value;
}

function fold(text) {
  const plain = text
    .normalize("NFKC")
    .replace(MARKS, "")
    .replace(/[\u0621-\u06ff]/g, (c) => LETTERS[c] || c);
  const latin = plain
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
  return (latin.match(/[\p{L}\p{N}]+/gu) || []).join(" ");
}

// A folded word without the article, so that «سعودية» finds «السعودية».
const bare = (word) => (word.startsWith("ال") && word.length > 4 ? word.slice(2) : word);

// True when a becomes b by at most `most` letters put in, left out, changed or swapped with the next.
function near(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return false;
  let before = null,
    row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return false;
    before = row;
    row = next;
  }
  return row[b.length] <= most;
}
