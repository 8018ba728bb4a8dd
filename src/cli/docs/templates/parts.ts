/** Template macros that several pages use. */
export const PARTS: string = String.raw`
{% macro state(view) -%}
  {% if view %}<span class="state is-{{ view.tone }}" title="{{ view.detail }}">{{ view.word }}</span>{% endif %}
{%- endmacro %}

{% macro link(view) -%}
  {% if view.href -%}
    <a class="node-link k-{{ view.kind }}" href="{{ view.href }}"><i class="dot" aria-hidden="true"></i><span>{{ view.label | breakable }}</span></a>
  {%- else -%}
    <span class="node-link k-{{ view.kind }}"><i class="dot" aria-hidden="true"></i><span>{{ view.label | breakable }}</span></span>
  {%- endif %}
{%- endmacro %}

{% macro linkList(links, label) %}
<ul class="link-list" aria-label="{{ label }}">
  {% for one in links %}
  <li>{{ link(one) }} <span class="note">{{ one.note }}</span> {{ state(one.state) }}</li>
  {% endfor %}
</ul>
{% endmacro %}

{% macro test(view) -%}
  <span class="test">
    <a href="{{ view.link.href }}">{{ view.link.label | breakable }}</a>
    {%- if view.argumentsText %} <span class="arguments">{{ view.argumentsText }}</span>{% endif %}
    {%- for condition in view.conditions %} <span class="condition">{{ condition }}</span>{% endfor %}
    {{ state(view.link.state) }}
  </span>
{%- endmacro %}

{% macro drawing(view, label, isWhole) %}
<div class="viewer{% if isWhole %} is-whole{% endif %}" data-viewer tabindex="0" role="group" aria-label="{{ label }}">
  <svg viewBox="0 0 {{ view.width }} {{ view.height }}" width="{{ view.width }}" height="{{ view.height }}">
    <g class="world">
      <g class="edges" aria-hidden="true">
        {% for edge in view.edges %}<path d="{{ edge.path }}" data-from="{{ edge.from }}" data-to="{{ edge.to }}"/>{% endfor %}
      </g>
      <g class="nodes">
        {% for node in view.nodes -%}
        <a href="{{ node.link.href }}" class="box k-{{ node.link.kind }}{% if node.isCentre %} is-centre{% endif %}{% if node.link.state %} is-{{ node.link.state.tone }}{% endif %}"{% if node.isCentre %} aria-current="page"{% endif %} transform="translate({{ node.x }} {{ node.y }})">
          <title>{{ node.link.label }} ({{ node.link.note }}){% if node.link.state %}: {{ node.link.state.word }}{% endif %}</title>
          <rect width="{{ node.width }}" height="{{ node.height }}"/><circle/><text x="22" y="18">{{ node.label }}</text>
        </a>
        {%- endfor %}
      </g>
    </g>
  </svg>
  <div class="viewer-bar" hidden>
    <button type="button" data-zoom="out" aria-label="Zoom out" title="Zoom out (-)">&minus;</button>
    <button type="button" data-zoom="fit" aria-label="Show all of it" title="Show all of it (0)">fit</button>
    <button type="button" data-zoom="in" aria-label="Zoom in" title="Zoom in (+)">+</button>
  </div>
</div>
{% endmacro %}

{% macro dataTable(view) %}
<figure class="data">
  <figcaption>{{ view.title }} {% if view.link %}{{ link(view.link) }}{% endif %}</figcaption>
  {% if view.sqlHtml %}<pre class="code"><code>{{ view.sqlHtml | safe }}</code></pre>{% endif %}
  {% if view.rows.length %}
  <div class="scroll" tabindex="0" role="region" aria-label="{{ view.title }}">
    <table class="cells">
      <thead><tr>{% for column in view.columns %}<th scope="col">{{ column }}</th>{% endfor %}</tr></thead>
      <tbody>
        {% for row in view.rows %}<tr>{% for cell in row %}<td>{% if cell === null %}<i class="null">null</i>{% else %}{{ cell }}{% endif %}</td>{% endfor %}</tr>
        {% endfor %}
      </tbody>
    </table>
  </div>
  {% endif %}
  {% if view.note %}<p class="note">{{ view.note }}</p>{% endif %}
</figure>
{% endmacro %}

{% macro gutter(count) %}<span class="gutter" aria-hidden="true">{% for line in range(1, count + 1) %}{{ line }}
{% endfor %}</span>{% endmacro %}

{% macro code(tabs) %}
<div class="tabs" data-tabs>
  <div class="tab-row">
    <div role="tablist" aria-label="Code">
      {% for tab in tabs %}<button type="button" role="tab" id="tab-{{ tab.id }}" aria-controls="panel-{{ tab.id }}" aria-selected="{{ 'true' if loop.first else 'false' }}"{% if not loop.first %} tabindex="-1"{% endif %}>{{ tab.title }}</button>{% endfor %}
    </div>
    <button type="button" class="copy" data-copy>Copy</button>
  </div>
  {% for tab in tabs %}
  <div role="tabpanel" id="panel-{{ tab.id }}" aria-labelledby="tab-{{ tab.id }}"{% if not loop.first %} hidden{% endif %}>
    {% if tab.problem %}<p class="notice">{{ tab.problem }}</p>{% else -%}
    <div class="code" tabindex="0" role="region" aria-label="{{ tab.title }}"><pre>{{ gutter(tab.lineCount) }}<code>{{ tab.html | safe }}</code></pre></div>
    {%- endif %}
  </div>
  {% endfor %}
</div>
{% endmacro %}
`;
