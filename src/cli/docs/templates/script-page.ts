/**
 * What moves in the page: the fragment chooses what is shown, tabs, copying, the trees. Runs in the reader's browser.
 *
 * Only markup that the template made is ever put in as markup; texts go in as text.
 */
export const SCRIPT_PAGE: string = String.raw`
var project = document.body.dataset.project;
var main = document.getElementById('main');
var side = document.getElementById('side');
var views = new Map(Array.from(main.querySelectorAll('[data-view]'), function (view) { return [view.dataset.view, view]; }));
var islands = new Map(Array.from(document.querySelectorAll('script[data-page]'), function (island) { return [island.dataset.page, island]; }));
var shownPage = null;
var isFirst = true;

function decoded(text) {
  try { return decodeURIComponent(text); } catch (error) { return text; }
}

function showView(name) {
  views.forEach(function (view, key) { view.hidden = key !== name; });
}

/* #, #lineage, #lineage/<id>, #<id>, #<id>/<section>, #<id>/column.<name> */
function route() {
  var parts = location.hash.slice(1).split('/').map(decoded);
  var id = parts[0];
  var detail = parts.slice(1).join('/');
  if (id === 'main') return;
  closeMenu();
  markPlace(id);
  if (id === '') {
    showView('overview');
    finishRoute(null, project, views.get('overview'));
  } else if (id === 'lineage') {
    showView('lineage');
    var whole = views.get('lineage').querySelector('[data-viewer]');
    mountViewer(whole);
    focusInViewer(whole, detail);
    finishRoute('lineage', 'Lineage \u00b7 ' + project, views.get('lineage'));
  } else {
    showPage(id, detail);
  }
  isFirst = false;
}

function showPage(id, detail) {
  var island = islands.get(id);
  var view = views.get('page');
  showView('page');
  if (island === undefined) {
    view.replaceChildren(missingPage(id));
  } else if (shownPage !== id) {
    forgetViewers(view);
    view.innerHTML = island.textContent;
    view.querySelectorAll('[data-viewer]').forEach(mountViewer);
    view.querySelectorAll('[data-tabs]').forEach(mountTabs);
  }
  var title = island === undefined ? 'Not found' : island.dataset.title;
  var isSamePage = shownPage === id;
  if (!isSamePage || detail === '') finishRoute(id, title + ' \u00b7 ' + project, view);
  if (detail !== '') scrollToDetail(view, detail);
}

function finishRoute(id, title, view) {
  shownPage = id;
  document.title = title;
  window.scrollTo(0, 0);
  var heading = view.querySelector('h1');
  if (heading && !isFirst && document.activeElement !== queryBox) heading.focus({ preventScroll: true });
}

function missingPage(id) {
  var page = document.createElement('article');
  page.className = 'page';
  var heading = document.createElement('h1');
  heading.tabIndex = -1;
  heading.textContent = 'Not in this document';
  var text = document.createElement('p');
  text.className = 'empty';
  text.textContent = 'There is no page for ' + id + '. It may be disabled, renamed or removed.';
  page.append(heading, text);
  return page;
}

function scrollToDetail(view, detail) {
  var column = detail.startsWith('column.') ? detail.slice(7).toLowerCase() : null;
  var target = Array.from(view.querySelectorAll('[data-section], [data-column]')).find(function (element) {
    if (column === null) return element.dataset.section === detail;
    return element.dataset.column !== undefined && element.dataset.column.toLowerCase() === column;
  });
  if (target === undefined) return;
  target.scrollIntoView({ block: column === null ? 'start' : 'center' });
  if (column === null) return;
  target.classList.remove('is-found');
  void target.offsetWidth;
  target.classList.add('is-found');
}

/* The sidebar says where the reader is, and opens the folders above it. */
function markPlace(id) {
  var wanted = id === '' ? '#' : '#' + encodeURIComponent(id);
  side.querySelectorAll('[aria-current]').forEach(function (link) { link.removeAttribute('aria-current'); });
  side.querySelectorAll('.places a, .tree a').forEach(function (link) {
    if (link.getAttribute('href') !== wanted) return;
    link.setAttribute('aria-current', 'page');
    for (var folder = link.closest('details'); folder; folder = folder.parentElement.closest('details')) folder.open = true;
    if (link.offsetParent !== null) link.scrollIntoView({ block: 'nearest' });
  });
}

function mountTabs(box) {
  var tabs = Array.from(box.querySelectorAll('[role=tab]'));
  function choose(tab) {
    tabs.forEach(function (one) {
      var isChosen = one === tab;
      one.setAttribute('aria-selected', String(isChosen));
      one.tabIndex = isChosen ? 0 : -1;
      box.querySelector('#' + one.getAttribute('aria-controls')).hidden = !isChosen;
    });
  }
  tabs.forEach(function (tab, index) {
    tab.addEventListener('click', function () { choose(tab); });
    tab.addEventListener('keydown', function (event) {
      var step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (step === 0) return;
      var next = tabs[(index + step + tabs.length) % tabs.length];
      choose(next);
      next.focus();
    });
  });
  box.querySelector('[data-copy]').addEventListener('click', function (event) {
    copyCode(box.querySelector('[role=tabpanel]:not([hidden]) code'), event.currentTarget);
  });
}

function copyCode(code, button) {
  if (!code) return;
  function done(isCopied) {
    button.textContent = isCopied ? 'Copied' : 'Press Ctrl+C';
    setTimeout(function () { button.textContent = 'Copy'; }, 1600);
  }
  function select() {
    var range = document.createRange();
    range.selectNodeContents(code);
    var selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    done(document.execCommand('copy'));
  }
  if (navigator.clipboard) navigator.clipboard.writeText(code.textContent).then(function () { done(true); }, select);
  else select();
}

document.querySelector('.switch').hidden = false;
document.querySelectorAll('[data-tree]').forEach(function (button) {
  button.addEventListener('click', function () {
    document.querySelectorAll('[data-tree]').forEach(function (one) {
      one.setAttribute('aria-pressed', String(one === button));
    });
    document.querySelectorAll('[data-tree-of]').forEach(function (tree) {
      tree.hidden = tree.dataset.treeOf !== button.dataset.tree;
    });
  });
});

var menuButton = document.querySelector('[data-menu]');
function closeMenu() {
  document.body.classList.remove('has-menu');
  menuButton.setAttribute('aria-expanded', 'false');
}
menuButton.addEventListener('click', function () {
  var isOpen = document.body.classList.toggle('has-menu');
  menuButton.setAttribute('aria-expanded', String(isOpen));
});
document.querySelector('[data-skip]').addEventListener('click', function (event) {
  event.preventDefault();
  main.focus();
});
`;
