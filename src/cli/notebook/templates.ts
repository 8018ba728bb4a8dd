/** Templates of notebook exports. */

export const NOTEBOOK_STYLE: string = String.raw`
:root { color-scheme: light dark; --page: #fbfbfa; --panel: #fff; --line: #e3e2de; --text: #1d2127; --muted: #626b76; --accent: #2f6db5; --ok: #1c7a43; --fail: #b3261e; --mono: ui-monospace, Menlo, Consolas, monospace; }
@media (prefers-color-scheme: dark) { :root { --page: #131519; --panel: #1a1d23; --line: #2e333c; --text: #e5e7eb; --muted: #979fab; --accent: #6ea6ea; --ok: #6fcf97; --fail: #f28b82; } }
body { margin: 0 auto; max-width: 1000px; padding: 32px 20px 80px; background: var(--page); color: var(--text); font: 15px/1.55 system-ui, sans-serif; }
header p, .facts, footer { color: var(--muted); font-size: 13px; }
h1 { margin: 0; } h2 { font-size: 16px; margin: 0; } h2 small { font-weight: 400; color: var(--muted); margin-left: 8px; }
section { margin: 28px 0; }
.card { border: 1px solid var(--line); border-radius: 8px; background: var(--panel); padding: 14px 16px; }
.scroll { overflow-x: auto; margin-top: 10px; }
table { border-collapse: collapse; font-size: 13px; } th, td { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
.right { text-align: right; font-variant-numeric: tabular-nums; } .null { color: var(--muted); }
pre, code { font-family: var(--mono); font-size: 12.5px; } pre { overflow-x: auto; margin: 8px 0; }
details summary { cursor: pointer; color: var(--muted); font-size: 13px; margin-top: 10px; }
.ok { color: var(--ok); } .failed { color: var(--fail); } .skipped { color: var(--muted); }
ul.checks { list-style: none; margin: 8px 0 0; padding: 0; }
svg { max-width: 100%; height: auto; margin-top: 10px; } svg text { font: 12px system-ui, sans-serif; fill: var(--text); } svg .soft { fill: var(--muted); }
svg rect { fill: var(--accent); } svg rect.below { fill: var(--fail); } svg polyline { fill: none; stroke: var(--accent); stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
pre .k, pre b.k { color: var(--accent); font-weight: 600; } pre b { font-weight: 400; } pre b.s { color: var(--ok); } pre b.c { color: var(--muted); }
`;

export const HTML_TEMPLATE: string = String.raw`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy | safe }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>{{ styleHtml | safe }}</style>
</head>
<body>
<header>
<h1>{{ title }}</h1>
<p>{{ file }} · project {{ project }}, target {{ target }} ({{ engine }})</p>
</header>
<main>
{% for cell in cells %}
<section>
{% if cell.markdownHtml %}
{{ cell.markdownHtml | safe }}
{% else %}
<div class="card">
  <h2><span class="{{ cell.status }}">{{ '✓' if cell.status == 'ok' else ('✗' if cell.status == 'failed' else '⊘') }}</span> {% if cell.kind != 'sql' %}{{ cell.kind }} {% endif %}{{ cell.title }}{% if cell.summary %}<small>{{ cell.summary }}</small>{% endif %}</h2>
  {% if cell.error %}<pre class="failed">{{ cell.error }}</pre>{% endif %}
  {% if cell.checks %}
  <ul class="checks">
  {% for check in cell.checks %}
  <li><span class="{{ 'ok' if check.isMet else 'failed' }}">{{ '✓' if check.isMet else '✗' }}</span> <code>{{ check.text }}</code> <span class="facts">{{ check.found }}</span></li>
  {% endfor %}
  </ul>
  {% endif %}
  {% if cell.picture %}
  <svg viewBox="0 0 {{ cell.picture.width }} {{ cell.picture.height }}" width="{{ cell.picture.width }}" height="{{ cell.picture.height }}" role="img" aria-label="{{ cell.chart }}">
  {% for bar in cell.picture.bars %}
  <text x="{{ plotX - 10 }}" y="{{ bar.textY }}" text-anchor="end">{{ bar.label }}</text><rect x="{{ plotX }}" y="{{ bar.y }}" width="{{ bar.width }}" height="15" rx="2"{% if bar.isBelowZero %} class="below"{% endif %}/><text class="soft" x="{{ plotX + bar.width + 6 }}" y="{{ bar.textY }}">{{ bar.value }}</text>
  {% endfor %}
  {% for line in cell.picture.lines %}
  <text x="{{ plotX - 10 }}" y="{{ line.y }}" text-anchor="end">{{ line.label }}</text>
  {% for piece in line.pieces %}<polyline points="{{ piece }}"/>{% endfor %}
  <text class="soft" x="{{ plotX + 410 }}" y="{{ line.y }}">{{ line.told }}</text>
  {% endfor %}
  {% if cell.picture.ends %}
  <text class="soft" x="{{ plotX - 10 }}" y="14" text-anchor="end">{{ cell.picture.ends.top }}</text>
  <text class="soft" x="{{ plotX - 10 }}" y="{{ cell.picture.height - 30 }}" text-anchor="end">{{ cell.picture.ends.bottom }}</text>
  <text class="soft" x="{{ plotX }}" y="{{ cell.picture.height - 6 }}">{{ cell.picture.ends.left }}</text>
  <text class="soft" x="{{ plotX + 400 }}" y="{{ cell.picture.height - 6 }}" text-anchor="end">{{ cell.picture.ends.right }}</text>
  {% endif %}
  </svg>
  {% endif %}
  {% if cell.table %}
  <div class="scroll"><table>
  <thead><tr>{% for column in cell.table.columns %}<th{% if column.isRight %} class="right"{% endif %}>{{ column.name }}</th>{% endfor %}</tr></thead>
  <tbody>
  {% for row in cell.table.rows %}
  <tr>{% for one in row %}<td class="{% if cell.table.columns[loop.index0].isRight %}right{% endif %}{% if one.isNull %} null{% endif %}">{{ one.text }}</td>{% endfor %}</tr>
  {% endfor %}
  </tbody>
  </table></div>
  {% if cell.table.more %}<p class="facts">… and {{ cell.table.more }} more rows</p>{% endif %}
  {% endif %}
  {% if cell.sqlHtml %}<details><summary>SQL as sent</summary><pre><code>{{ cell.sqlHtml | safe }}</code></pre></details>{% endif %}
</div>
{% endif %}
</section>
{% endfor %}
</main>
<footer><span class="{{ 'ok' if isWell else 'failed' }}">{{ verdict }}</span></footer>
</body>
</html>
`;

export const MARKDOWN_TEMPLATE: string = String.raw`{% for cell in cells %}
{% if cell.markdownHtml %}
{{ cell.markdownHtml | safe }}

{% else %}
**{{ '✓' if cell.status == 'ok' else ('✗' if cell.status == 'failed' else '⊘') }} {% if cell.kind != 'sql' %}{{ cell.kind }} {% endif %}<code>{{ cell.title }}</code>**{% if cell.summary %} · {{ cell.summary }}{% endif %}


{% if cell.error %}
<pre>{{ cell.error }}</pre>

{% endif %}
{% if cell.checks %}
{% for check in cell.checks %}
- {{ '✓' if check.isMet else '✗' }} <code>{{ check.text }}</code>: {{ check.found }}
{% endfor %}

{% endif %}
{% if cell.lines %}
<pre>{{ cell.lines }}</pre>

{% endif %}
{% if cell.table %}
|{% for column in cell.table.columns %} {{ column.name | safe }} |{% endfor %}

|{% for column in cell.table.columns %}{{ '---:' if column.isRight else '---' }}|{% endfor %}

{% for row in cell.table.rows %}
|{% for one in row %} {{ one.text | safe }} |{% endfor %}

{% endfor %}

{% if cell.table.more %}
… and {{ cell.table.more }} more rows

{% endif %}
{% endif %}
{% if cell.sql %}
<details><summary>SQL as sent</summary>

<pre>{{ cell.sql }}</pre>

</details>

{% endif %}
{% endif %}
{% endfor %}
{{ verdict }}
`;
