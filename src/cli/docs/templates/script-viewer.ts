/**
 * Pictures of the graph: pan, zoom, and the paths through the node that is pointed at. Runs in the reader's browser.
 */
export const SCRIPT_VIEWER: string = String.raw`
var MIN_SCALE = 0.06;
var MAX_SCALE = 3;
var viewers = new Map();

/* Forgets the pictures of a page that is left. */
function forgetViewers(view) {
  view.querySelectorAll('[data-viewer]').forEach(function (box) { viewers.delete(box); });
}

/* Makes a picture move; at first it shows all of it, unless that would be too small to read. */
function mountViewer(box) {
  if (viewers.has(box)) {
    viewers.get(box).fitIfNew();
    return;
  }
  var svg = box.querySelector('svg');
  var world = box.querySelector('.world');
  var width = Number(svg.getAttribute('width'));
  var height = Number(svg.getAttribute('height'));
  var isWhole = box.classList.contains('is-whole');
  var place = { x: 0, y: 0, scale: 1 };
  var wasShown = false;
  svg.removeAttribute('viewBox');
  box.querySelector('.viewer-bar').hidden = false;
  box.classList.add('is-live');
  if (!isWhole) box.style.height = Math.max(96, Math.min(height, 420)) + 'px';

  function apply() {
    world.setAttribute('transform', 'translate(' + place.x + ' ' + place.y + ') scale(' + place.scale + ')');
  }
  function showAll() {
    place.scale = Math.min(1, box.clientWidth / width, box.clientHeight / height);
    place.x = (box.clientWidth - width * place.scale) / 2;
    place.y = (box.clientHeight - height * place.scale) / 2;
    apply();
  }
  function showNode(node) {
    var rect = node.querySelector('rect');
    var at = node.transform.baseVal.consolidate().matrix;
    place.x = box.clientWidth / 2 - (at.e + Number(rect.getAttribute('width')) / 2) * place.scale;
    place.y = box.clientHeight / 2 - (at.f + Number(rect.getAttribute('height')) / 2) * place.scale;
    apply();
  }
  function fitIfNew() {
    if (wasShown || box.clientWidth === 0) return;
    wasShown = true;
    showAll();
    var centre = box.querySelector('.is-centre');
    if (centre && place.scale < 0.8) {
      place.scale = 0.9;
      showNode(centre);
    }
  }
  function zoomAt(x, y, factor) {
    var scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, place.scale * factor));
    place.x = x - ((x - place.x) * scale) / place.scale;
    place.y = y - ((y - place.y) * scale) / place.scale;
    place.scale = scale;
    apply();
  }
  function zoomMiddle(factor) { zoomAt(box.clientWidth / 2, box.clientHeight / 2, factor); }
  function pan(x, y) { place.x += x; place.y += y; apply(); }

  viewers.set(box, { fitIfNew: fitIfNew, showAll: showAll, place: place, showNode: showNode, apply: apply, svg: svg, world: world, width: width, height: height });
  bindPointers(box, svg, pan, zoomAt);
  bindPaths(box, svg);
  box.addEventListener('wheel', function (event) {
    if (!isWhole && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    var bounds = box.getBoundingClientRect();
    zoomAt(event.clientX - bounds.left, event.clientY - bounds.top, Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.04 : 0.0016)));
  }, { passive: false });
  box.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (moves[event.key] && event.target === box) pan(moves[event.key][0], moves[event.key][1]);
    else if (event.key === '+' || event.key === '=') zoomMiddle(1.25);
    else if (event.key === '-') zoomMiddle(0.8);
    else if (event.key === '0') showAll();
    else return;
    event.preventDefault();
  });
  box.querySelectorAll('[data-zoom]').forEach(function (button) {
    button.addEventListener('click', function () {
      if (button.dataset.zoom === 'fit') showAll();
      else zoomMiddle(button.dataset.zoom === 'in' ? 1.25 : 0.8);
    });
  });
  fitIfNew();
}

/* One finger or the mouse drags, two fingers zoom; a drag is no click. */
function bindPointers(box, svg, pan, zoomAt) {
  var pointers = new Map();
  var moved = 0;
  svg.addEventListener('dragstart', function (event) { event.preventDefault(); });
  svg.addEventListener('pointerdown', function (event) {
    if (event.button !== 0) return;
    if (pointers.size === 0) moved = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  svg.addEventListener('pointermove', function (event) {
    var last = pointers.get(event.pointerId);
    if (last === undefined) return;
    var next = { x: event.clientX, y: event.clientY };
    if (pointers.size === 2) {
      var other = Array.from(pointers).find(function (entry) { return entry[0] !== event.pointerId; })[1];
      var before = Math.hypot(last.x - other.x, last.y - other.y) || 1;
      var after = Math.hypot(next.x - other.x, next.y - other.y) || 1;
      var bounds = box.getBoundingClientRect();
      zoomAt((next.x + other.x) / 2 - bounds.left, (next.y + other.y) / 2 - bounds.top, after / before);
    } else {
      moved += Math.abs(next.x - last.x) + Math.abs(next.y - last.y);
      if (moved > 4) {
        if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
        box.classList.add('is-dragged');
        pan(next.x - last.x, next.y - last.y);
      }
    }
    pointers.set(event.pointerId, next);
  });
  function release(event) {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) box.classList.remove('is-dragged');
  }
  svg.addEventListener('pointerup', release);
  svg.addEventListener('pointercancel', release);
  svg.addEventListener('pointerleave', function (event) {
    if (!svg.hasPointerCapture(event.pointerId)) release(event);
  });
  svg.addEventListener('click', function (event) {
    if (moved > 4) event.preventDefault();
  }, true);
}

/* Pointing at a node lights everything that feeds it and everything that it feeds. */
function bindPaths(box, svg) {
  var nodes = Array.from(svg.querySelectorAll('.box'));
  var edges = Array.from(svg.querySelectorAll('.edges path'), function (path) {
    return { path: path, from: Number(path.dataset.from), to: Number(path.dataset.to) };
  });
  var into = nodes.map(function () { return []; });
  var out = nodes.map(function () { return []; });
  edges.forEach(function (edge) {
    out[edge.from].push(edge);
    into[edge.to].push(edge);
  });
  function walk(start, lists, key, lit) {
    var seen = new Set([start]);
    var waiting = [start];
    while (waiting.length > 0) {
      lists[waiting.pop()].forEach(function (edge) {
        lit.push(edge.path);
        if (seen.has(edge[key])) return;
        seen.add(edge[key]);
        lit.push(nodes[edge[key]]);
        waiting.push(edge[key]);
      });
    }
  }
  var lit = [];
  function light(node) {
    lit.forEach(function (element) { element.classList.remove('is-lit'); });
    var index = nodes.indexOf(node);
    svg.classList.toggle('has-lit', index >= 0);
    lit = index < 0 ? [] : [node];
    if (index < 0) return;
    walk(index, into, 'from', lit);
    walk(index, out, 'to', lit);
    lit.forEach(function (element) { element.classList.add('is-lit'); });
  }
  function rest() { light(box.keptNode || null); }
  box.light = light;
  svg.addEventListener('mouseover', function (event) {
    var node = event.target.closest('.box');
    if (node && !box.classList.contains('is-dragged')) light(node);
  });
  svg.addEventListener('mouseout', function (event) {
    if (event.target.closest('.box')) rest();
  });
  svg.addEventListener('focusin', function (event) {
    var node = event.target.closest('.box');
    if (node === null) return;
    light(node);
    var inner = node.getBoundingClientRect();
    var outer = box.getBoundingClientRect();
    var isInside = inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
    if (!isInside && node.matches(':focus-visible')) viewers.get(box).showNode(node);
  });
  svg.addEventListener('focusout', rest);
}

/* Shows one node of the whole picture with its paths lit, or all of it. */
function focusInViewer(box, id) {
  var href = '#' + encodeURIComponent(id);
  var node = id === '' ? null : Array.from(box.querySelectorAll('.box')).find(function (one) { return one.getAttribute('href') === href; });
  box.keptNode = node || null;
  box.light(box.keptNode);
  if (!node) return;
  var viewer = viewers.get(box);
  viewer.place.scale = Math.max(viewer.place.scale, 0.8);
  viewer.showNode(node);
}

/* Paper shows the whole picture. */
addEventListener('beforeprint', function () {
  viewers.forEach(function (viewer) {
    viewer.svg.setAttribute('viewBox', '0 0 ' + viewer.width + ' ' + viewer.height);
    viewer.world.removeAttribute('transform');
  });
});
addEventListener('afterprint', function () {
  viewers.forEach(function (viewer) {
    viewer.svg.removeAttribute('viewBox');
    viewer.apply();
  });
});

addEventListener('hashchange', route);
route();
`;
