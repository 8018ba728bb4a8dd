/** Template of the document around the pages: sidebar, main, data. */
export const DOCUMENT: string = String.raw`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="dagbook {{ version }}">
<title>{{ projectName }}</title>
<link rel="icon" href="data:,">
<style>{{ stylesHtml | safe }}</style>
</head>
<body data-project="{{ projectName }}">
{% import "parts" as parts %}
{% macro tree(folders) %}
<ul>
  {% for folder in folders %}
  <li><details{% if folder.isOpen %} open{% endif %}><summary{% if folder.kind %} class="k-{{ folder.kind }}"{% endif %}><span>{{ folder.label }}</span> <span class="count">{{ folder.count }}</span></summary>
    {% if folder.folders.length %}{{ tree(folder.folders) }}{% endif %}
    {% if folder.leaves.length %}<ul>{% for leaf in folder.leaves %}<li>{{ parts.link(leaf) }}</li>{% endfor %}</ul>{% endif %}
  </details></li>
  {% endfor %}
</ul>
{% endmacro %}
<a class="skip" href="#main" data-skip>Skip to the content</a>
<header class="bar">
  <button type="button" data-menu aria-expanded="false" aria-controls="side">Menu</button>
  <a href="#">{{ projectName }}</a>
</header>
<div class="frame">
<aside class="side" id="side" aria-label="Project">
  <div class="brand">
    <a href="#">{{ projectName }}</a>
    <p>target <b>{{ targetName }}</b> on {{ engine }}</p>
  </div>
  <form role="search" class="search" data-search>
    <label class="sr" for="query">Search names, columns, descriptions and tags</label>
    <input id="query" type="search" placeholder="Search" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list">
    <kbd aria-hidden="true">/</kbd>
  </form>
  <div class="results" data-results hidden>
    <p class="note" role="status" data-result-count></p>
    <ul id="results" role="listbox" aria-label="Search results"></ul>
  </div>
  <div class="browse" data-browse>
    <nav class="places" aria-label="Places">
      <a href="#">Overview</a>
      <a href="#lineage">Lineage</a>
    </nav>
    <div class="switch" role="group" aria-label="Sort the tree by" hidden>
      <button type="button" data-tree="folders" aria-pressed="true">Folders</button>
      <button type="button" data-tree="kinds" aria-pressed="false">Kinds</button>
    </div>
    <nav class="tree" aria-label="By folder" data-tree-of="folders">{{ tree(folderTree) }}</nav>
    <nav class="tree" aria-label="By kind" data-tree-of="kinds" hidden>{{ tree(kindTree) }}</nav>
  </div>
  <footer>
    <p>{{ generatedAt }}</p>
    <p>dagbook {{ version }}</p>
  </footer>
</aside>
<main id="main" tabindex="-1">
  <noscript><p class="notice">The pages of nodes need JavaScript; the overview and the lineage do not.</p></noscript>
  <div data-view="overview">{{ overviewHtml | safe }}</div>
  <div data-view="lineage" class="whole">
    <header>
      <h1 tabindex="-1">Lineage</h1>
      <ul class="legend" aria-label="Colours">{% for entry in legend %}<li class="k-{{ entry.kind }}"><i class="dot" aria-hidden="true"></i>{{ entry.label }}</li>{% endfor %}</ul>
    </header>
    {{ parts.drawing(lineage, "Lineage of the whole project", true) }}
  </div>
  <div data-view="page" hidden></div>
</main>
</div>
<script type="application/json" data-island="search">{{ searchHtml | safe }}</script>
{% for island in islands %}<script type="text/plain" data-page="{{ island.id }}" data-title="{{ island.title }}">{{ island.contentHtml | safe }}</script>
{% endfor %}<script>{{ scriptHtml | safe }}</script>
</body>
</html>
`;
