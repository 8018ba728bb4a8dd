/** The search box and its list of results. Runs in the reader's browser, over the functions of the search. */
export const SCRIPT_RESULTS: string = String.raw`
var MAX_RESULTS = 60;
var queryBox = document.getElementById('query');
var resultBox = document.querySelector('[data-results]');
var resultList = document.getElementById('results');
var resultCount = document.querySelector('[data-result-count]');
var browseBox = document.querySelector('[data-browse]');
var searchItems = null;
var chosenResult = -1;

function showResults() {
  var query = queryBox.value.trim();
  var isSearching = query !== '';
  resultBox.hidden = !isSearching;
  browseBox.hidden = isSearching;
  queryBox.setAttribute('aria-expanded', String(isSearching));
  if (!isSearching) return;
  if (searchItems === null) {
    searchItems = prepareSearch(JSON.parse(document.querySelector('[data-island=search]').textContent));
  }
  var hits = searchDocs(searchItems, query);
  var words = query.toLowerCase().split(/\s+/);
  resultList.replaceChildren.apply(resultList, hits.slice(0, MAX_RESULTS).map(function (hit, index) {
    return resultItem(hit, index, words);
  }));
  resultCount.textContent = hits.length === 0 ? 'Nothing found.'
    : hits.length === 1 ? '1 result' : hits.length > MAX_RESULTS ? 'The first ' + MAX_RESULTS + ' of ' + hits.length + ' results' : hits.length + ' results';
  choose(hits.length === 0 ? -1 : 0);
  resultBox.scrollTop = 0;
}

function resultItem(hit, index, words) {
  var entry = hit.entry;
  var item = document.createElement('li');
  item.id = 'result-' + index;
  item.setAttribute('role', 'option');
  var link = document.createElement('a');
  link.className = 'k-' + entry.k;
  link.tabIndex = -1;
  link.href = '#' + encodeURIComponent(entry.i);
  if (hit.place.where === 'column') link.href += '/' + encodeURIComponent('column.' + hit.place.detail);
  var dot = document.createElement('i');
  dot.className = 'dot';
  var name = document.createElement('span');
  name.className = 'name';
  mark(name, entry.n, words);
  var second = document.createElement('span');
  second.className = 'note';
  mark(second, secondLine(hit, words), words);
  link.append(dot, name, second);
  item.append(link);
  item.addEventListener('mousemove', function () { if (chosenResult !== index) choose(index, true); });
  return item;
}

function secondLine(hit, words) {
  var entry = hit.entry;
  if (hit.place.where === 'column') {
    var column = entry.c.find(function (one) { return one[0] === hit.place.detail; });
    return 'column ' + hit.place.detail + (column[1] ? ': ' + column[1] : '');
  }
  if (hit.place.where === 'tag') return 'tag ' + hit.place.detail;
  if (hit.place.where === 'text') {
    var lower = entry.d.toLowerCase();
    var at = words.map(function (word) { return lower.indexOf(word); }).filter(function (place) { return place >= 0; });
    var start = Math.max(0, Math.min.apply(null, at.concat(lower.length)) - 24);
    return (start > 0 ? '\u2026' : '') + entry.d.slice(start, start + 120);
  }
  return entry.p;
}

/* Puts a text in, with what was searched for marked. */
function mark(element, text, words) {
  var lower = text.toLowerCase();
  var at = 0;
  while (at < text.length) {
    var next = text.length;
    var length = 0;
    words.forEach(function (word) {
      var found = word === '' ? -1 : lower.indexOf(word, at);
      if (found >= 0 && (found < next || (found === next && word.length > length))) {
        next = found;
        length = word.length;
      }
    });
    appendBreakable(element, text.slice(at, next));
    if (length === 0) return;
    var marked = document.createElement('mark');
    appendBreakable(marked, text.slice(next, next + length));
    element.append(marked);
    at = next + length;
  }
}

/* Names may break after their separators. */
function appendBreakable(element, text) {
  (text.match(/[^_.\/]*[_.\/]+|[^_.\/]+/g) || []).forEach(function (part) {
    element.append(part);
    if (/[_.\/]$/.test(part)) element.append(document.createElement('wbr'));
  });
}

function choose(index, isByMouse) {
  var options = resultList.children;
  if (options[chosenResult]) options[chosenResult].removeAttribute('aria-selected');
  chosenResult = index;
  var option = options[index];
  if (!option) {
    queryBox.removeAttribute('aria-activedescendant');
    return;
  }
  option.setAttribute('aria-selected', 'true');
  queryBox.setAttribute('aria-activedescendant', option.id);
  if (!isByMouse) option.scrollIntoView({ block: 'nearest' });
}

queryBox.addEventListener('input', showResults);
queryBox.addEventListener('keydown', function (event) {
  var count = resultList.children.length;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (count > 0) choose((chosenResult + (event.key === 'ArrowDown' ? 1 : -1) + count) % count);
  } else if (event.key === 'Escape') {
    if (queryBox.value === '') queryBox.blur();
    queryBox.value = '';
    showResults();
  }
});
document.querySelector('[data-search]').addEventListener('submit', function (event) {
  event.preventDefault();
  var option = resultList.children[chosenResult];
  if (option && queryBox.value.trim() !== '') option.querySelector('a').click();
});
document.addEventListener('keydown', function (event) {
  var isTyping = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  var isSlash = event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
  var isPalette = event.key === 'k' && (event.ctrlKey || event.metaKey);
  if (!isSlash && !isPalette) return;
  event.preventDefault();
  document.body.classList.add('has-menu');
  queryBox.focus();
  queryBox.select();
});
`;
