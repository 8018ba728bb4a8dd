/** Template of the page of a node or macro. */
export const NODE: string = String.raw`
{% import "parts" as parts %}
<article class="page k-{{ page.kind }}">
  <header>
    <nav class="crumbs" aria-label="Where it is"><ol>{% for crumb in page.crumbs %}<li>{{ crumb }}</li>{% endfor %}</ol></nav>
    <h1 tabindex="-1">{{ page.title | breakable }}</h1>
    <p class="badges">
      {% for badge in page.badges %}<span class="badge is-{{ badge.tone }}">{{ badge.text }}</span>{% endfor %}
      {{ parts.state(page.state) }}
    </p>
  </header>
  {% for notice in page.notices %}<p class="notice">{{ notice }}</p>{% endfor %}
  {% if page.descriptionHtml %}<div class="prose">{{ page.descriptionHtml | safe }}</div>
  {% elif page.kind != "test" %}<p class="empty">Not described.</p>{% endif %}

  <dl class="facts">
    {% for fact in page.facts %}
    <div><dt>{{ fact.label }}</dt><dd>
      {%- for value in fact.values %}
        {%- if value.href %}<a href="{{ value.href }}"{% if not value.href.startsWith("#") %} rel="noopener noreferrer"{% endif %}>{{ value.text | breakable }}</a>
        {%- elif value.look == "code" %}<code>{{ value.text | breakable }}</code>
        {%- elif value.look == "chip" %}<span class="chip">{{ value.text }}</span>
        {%- else %}<span>{{ value.text }}</span>{% endif %}{% if not loop.last %} {% endif %}
      {%- endfor -%}
    </dd></div>
    {% endfor %}
    {% if page.state %}<div><dt>{{ "Freshness" if page.kind == "source" else "Last run" }}</dt><dd>{{ page.state.detail }}</dd></div>{% endif %}
  </dl>

  <nav class="jump" aria-label="On this page">
    {% if page.drawing %}<a href="{{ href }}/lineage">Lineage</a>{% endif %}
    {% if page.columns.length %}<a href="{{ href }}/columns">Columns <span class="count">{{ page.columns.length }}</span></a>{% endif %}
    {% if page.arguments.length %}<a href="{{ href }}/arguments">Arguments <span class="count">{{ page.arguments.length }}</span></a>{% endif %}
    {% if page.testCount %}<a href="{{ href }}/{{ "tests" if page.tests.length else "columns" }}">Tests <span class="count">{{ page.testCount }}</span></a>{% endif %}
    {% if page.tables.length %}<a href="{{ href }}/rows">Rows</a>{% endif %}
    {% if page.code.length %}<a href="{{ href }}/code">Code</a>{% endif %}
    {% if page.parents.length or page.children.length %}<a href="{{ href }}/relations">Relations</a>{% endif %}
    {% if page.config.length or page.meta %}<a href="{{ href }}/config">Config</a>{% endif %}
  </nav>

  {% if page.drawing %}
  <section data-section="lineage" aria-label="Lineage">
    <h2>Lineage <a class="aside" href="#lineage/{{ href.slice(1) }}">in the whole graph</a></h2>
    {{ parts.drawing(page.drawing, "What " + page.title + " reads, and what reads it", false) }}
    {% if page.undrawnCount %}<p class="note">{{ page.undrawnCount }} more are listed under relations.</p>{% endif %}
  </section>
  {% endif %}

  {% if page.columns.length %}
  <section data-section="columns" aria-label="Columns">
    <h2>Columns</h2>
    <table class="columns">
      <thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Description</th><th scope="col">Tests</th></tr></thead>
      <tbody>
        {% for column in page.columns %}
        <tr data-column="{{ column.name }}">
          <th scope="row"><code>{{ column.name | breakable }}</code>{% for tag in column.tags %} <span class="chip">{{ tag }}</span>{% endfor %}</th>
          <td>{% if column.type %}<code class="type" title="{{ column.wholeType }}">{{ column.type }}</code>{% endif %}
            {%- if column.declaredType %}<br><span class="note">described as <code>{{ column.declaredType }}</code></span>{% endif %}</td>
          <td>
            {%- if column.descriptionHtml %}<div class="prose">{{ column.descriptionHtml | safe }}</div>{% endif %}
            {%- if column.gap %}<span class="note">{{ column.gap }}</span>{% endif %}
            {%- for constraint in column.constraints %}<span class="chip">{{ constraint }}</span>{% endfor %}
            {%- if column.meta %}<pre class="meta">{{ column.meta }}</pre>{% endif -%}
          </td>
          <td>{% for test in column.tests %}{{ parts.test(test) }}{% endfor %}</td>
        </tr>
        {% endfor %}
      </tbody>
    </table>
  </section>
  {% endif %}

  {% if page.arguments.length %}
  <section data-section="arguments" aria-label="Arguments">
    <h2>Arguments</h2>
    <table class="columns">
      <thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Description</th></tr></thead>
      <tbody>
        {% for argument in page.arguments %}
        <tr data-column="{{ argument.name }}"><th scope="row"><code>{{ argument.name }}</code></th><td>{% if argument.type %}<code class="type">{{ argument.type }}</code>{% endif %}</td>
          <td>{% if argument.descriptionHtml %}<div class="prose">{{ argument.descriptionHtml | safe }}</div>{% endif %}</td></tr>
        {% endfor %}
      </tbody>
    </table>
  </section>
  {% endif %}

  {% if page.tests.length %}
  <section data-section="tests" aria-label="Tests">
    <h2>Tests</h2>
    <ul class="test-list">{% for test in page.tests %}<li class="k-{{ test.link.kind }}"><i class="dot" aria-hidden="true"></i>{{ parts.test(test) }}</li>{% endfor %}</ul>
  </section>
  {% endif %}

  {% if page.tables.length %}
  <section data-section="rows" aria-label="Rows">
    <h2>{{ "Given and expected" if page.kind == "unit_test" else "Rows" }}</h2>
    {% for table in page.tables %}{{ parts.dataTable(table) }}{% endfor %}
  </section>
  {% endif %}

  {% if page.code.length %}
  <section data-section="code" aria-label="Code">
    <h2>Code</h2>
    {{ parts.code(page.code) }}
  </section>
  {% endif %}

  {% if page.parents.length or page.children.length or page.macros.length %}
  <section data-section="relations" aria-label="Relations">
    <h2>Relations</h2>
    <div class="relations">
      {% if page.parents.length %}<div><h3>Depends on <span class="count">{{ page.parents.length }}</span></h3>{{ parts.linkList(page.parents, "Depends on") }}</div>{% endif %}
      {% if page.children.length %}<div><h3>{{ "Called by" if page.kind == "macro" else "Referenced by" }} <span class="count">{{ page.children.length }}</span></h3>{{ parts.linkList(page.children, "Referenced by") }}</div>{% endif %}
      {% if page.macros.length %}<div><h3>Macros called <span class="count">{{ page.macros.length }}</span></h3>{{ parts.linkList(page.macros, "Macros called") }}</div>{% endif %}
    </div>
  </section>
  {% endif %}

  {% if page.config.length or page.meta %}
  <section data-section="config" aria-label="Config">
    <h2>Config</h2>
    {% if page.config.length %}
    <table class="config"><tbody>{% for row in page.config %}<tr><th scope="row"><code>{{ row.name }}</code></th><td><code>{{ row.value }}</code></td></tr>{% endfor %}</tbody></table>
    {% endif %}
    {% if page.meta %}<h3>Meta</h3><pre class="meta">{{ page.meta }}</pre>{% endif %}
  </section>
  {% endif %}
</article>
`;
