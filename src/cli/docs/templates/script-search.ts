/**
 * The page's search, as the script that runs in the reader's browser. Pure functions: no document is touched here.
 *
 * Every word of the query must be found in a name, a column, a tag or a description; what is found in no entry at all is
 * looked for again with one or two letters wrong.
 */
export const SCRIPT_SEARCH: string = String.raw`
function fold(text) {
  return text.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
}

function tokensOf(text) {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function prepareSearch(entries) {
  return entries.map(function (entry) {
    var name = fold(entry.n);
    var columns = entry.c.map(function (column) {
      var folded = fold(column[0]);
      return { name: folded, shown: column[0], tokens: tokensOf(folded), text: fold(column[1]) };
    });
    var tags = entry.t.map(fold);
    var near = new Set(tokensOf(name));
    columns.forEach(function (column) { column.tokens.forEach(function (token) { near.add(token); }); });
    tags.forEach(function (tag) { tokensOf(tag).forEach(function (token) { near.add(token); }); });
    return {
      entry: entry, name: name, tokens: tokensOf(name), joined: name.replace(/[^\p{L}\p{N}]/gu, ''),
      columns: columns, tags: tags, text: fold(entry.d), path: fold(entry.p), near: near,
    };
  });
}

/* The best place of one word in one entry, or null. */
function placeOfWord(item, word) {
  if (item.name === word) return { score: 100, where: 'name' };
  if (item.name.startsWith(word)) return { score: 80, where: 'name' };
  if (item.tokens.some(function (token) { return token.startsWith(word); })) return { score: 60, where: 'name' };
  if (item.name.includes(word)) return { score: 45, where: 'name' };
  var column = item.columns.find(function (one) { return one.name === word; });
  if (column) return { score: 40, where: 'column', detail: column.shown };
  column = item.columns.find(function (one) {
    return one.name.startsWith(word) || one.tokens.some(function (token) { return token.startsWith(word); });
  });
  if (column) return { score: 32, where: 'column', detail: column.shown };
  if (item.joined.includes(word)) return { score: 30, where: 'name' };
  var tag = item.tags.find(function (one) { return one.includes(word); });
  if (tag) return { score: 28, where: 'tag', detail: tag };
  column = item.columns.find(function (one) { return one.name.includes(word); });
  if (column) return { score: 24, where: 'column', detail: column.shown };
  if (item.text.includes(word)) return { score: 15, where: 'text' };
  column = item.columns.find(function (one) { return one.text.includes(word); });
  if (column) return { score: 10, where: 'column', detail: column.shown };
  if (item.path.includes(word)) return { score: 8, where: 'path' };
  return null;
}

/* Letters to change, add, leave out or swap, or limit + 1 where there are more. */
function typoDistance(left, right, limit) {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  var before = [];
  var last = [];
  var row = Array.from({ length: right.length + 1 }, function (_, index) { return index; });
  for (var i = 1; i <= left.length; i += 1) {
    before = last;
    last = row;
    row = [i];
    var least = i;
    for (var j = 1; j <= right.length; j += 1) {
      var isSame = left[i - 1] === right[j - 1];
      var cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
  }
  return row[right.length];
}

/* Words of names, columns and tags that a mistyped word may mean: whole, or as far as it was typed. */
function nearTokens(items, word) {
  var limit = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  var near = new Set();
  if (limit === 0) return near;
  var seen = new Set();
  items.forEach(function (item) {
    item.near.forEach(function (token) {
      if (seen.has(token)) return;
      seen.add(token);
      var typed = token.length > word.length ? token.slice(0, word.length) : token;
      if (typoDistance(word, token, limit) <= limit || typoDistance(word, typed, limit) <= limit) near.add(token);
    });
  });
  return near;
}

function nearPlace(item, near) {
  if (item.tokens.some(function (token) { return near.has(token); })) return { score: 20, where: 'name' };
  var column = item.columns.find(function (one) {
    return one.tokens.some(function (token) { return near.has(token); });
  });
  if (column) return { score: 8, where: 'column', detail: column.shown };
  var tag = item.tags.find(function (one) {
    return tokensOf(one).some(function (token) { return near.has(token); });
  });
  return tag ? { score: 6, where: 'tag', detail: tag } : null;
}

/* What a find is worth by kind. The names of tests hold those of models and columns, which are what is looked for. */
var KIND_WEIGHTS = { model: 1.06, source: 1.05, snapshot: 1.05, seed: 1.05, exposure: 1.05, test: 0.4, unit_test: 0.8, operation: 0.4 };

/* Hits, best first: each with its entry and the place of its rarest find. */
function searchDocs(items, query) {
  var words = fold(query).split(/\s+/).filter(Boolean);
  var hits = items.map(function (item) { return { item: item, score: 0, place: null }; });
  words.forEach(function (word) {
    var found = [];
    hits.forEach(function (hit) {
      var place = placeOfWord(hit.item, word);
      if (place) found.push({ item: hit.item, score: hit.score + place.score, place: lesserPlace(hit.place, place) });
    });
    if (found.length === 0) {
      var near = nearTokens(items, word);
      hits.forEach(function (hit) {
        var place = nearPlace(hit.item, near);
        if (place) found.push({ item: hit.item, score: hit.score + place.score, place: lesserPlace(hit.place, place) });
      });
    }
    hits = found;
  });
  return words.length === 0 ? [] : hits
    .map(function (hit) {
      return { entry: hit.item.entry, score: hit.score * (KIND_WEIGHTS[hit.item.entry.k] || 1), place: hit.place };
    })
    .sort(function (left, right) {
      return right.score - left.score || left.entry.n.length - right.entry.n.length || (left.entry.n < right.entry.n ? -1 : 1);
    });
}

/* The place that the name does not show by itself. */
function lesserPlace(left, right) {
  return left !== null && left.score <= right.score ? left : right;
}
`;
