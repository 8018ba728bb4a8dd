/** Template of the first page. */
export const OVERVIEW: string = String.raw`
{% import "parts" as parts %}
<article class="page" id="overview">
  <h1 class="sr" tabindex="-1">{{ projectName }}</h1>
  <ul class="counts" aria-label="What there is">
    {% for count in overview.counts %}<li class="k-{{ count.kind }}"><b>{{ count.count }}</b> <span><i class="dot" aria-hidden="true"></i>{{ count.label }}</span></li>{% endfor %}
  </ul>
  {% if overview.descriptionHtml %}<div class="prose">{{ overview.descriptionHtml | safe }}</div>
  {% else %}<p class="empty">Write a docs block named <code>__overview__</code> to say here what the project is for.</p>{% endif %}

  <div class="cards">
    {% if overview.coverage.length %}
    <section class="card" aria-label="Coverage">
      <h2>Coverage</h2>
      {% for share in overview.coverage %}
      <p class="share"><span>{{ share.label }}</span> <span class="note">{{ share.done }} of {{ share.total }}</span>
        <progress max="{{ share.total }}" value="{{ share.done }}" aria-label="{{ share.label }}">{{ share.percent }} %</progress></p>
      {% endfor %}
    </section>
    {% endif %}

    {% if overview.results.length %}
    <section class="card" aria-label="Last results">
      <h2>Last results on {{ targetName }}</h2>
      <p class="results">{% for result in overview.results %}<span class="state is-{{ result.tone }}">{{ result.count }} {{ result.word }}</span> {% endfor %}</p>
      {% if overview.attention.length %}{{ parts.linkList(overview.attention, "Needs attention") }}{% else %}<p class="note">Nothing failed, nothing is stale.</p>{% endif %}
    </section>
    {% endif %}

    {% if overview.freshness.length %}
    <section class="card" aria-label="Freshness">
      <h2>Source freshness</h2>
      <table class="plain"><thead><tr><th scope="col">Source</th><th scope="col">Newest row</th><th scope="col">Age</th><th scope="col"><span class="sr">Status</span></th></tr></thead><tbody>
        {% for row in overview.freshness %}<tr><td>{{ parts.link(row.link) }}</td><td class="tight">{{ row.newest }}</td><td class="tight">{{ row.age }}</td><td>{{ parts.state(row.link.state) }}</td></tr>{% endfor %}
      </tbody></table>
    </section>
    {% endif %}

    {% if overview.exposures.length %}
    <section class="card" aria-label="Exposures">
      <h2>Exposures</h2>
      <ul class="summaries">{% for row in overview.exposures %}<li>{{ parts.link(row.link) }} <span class="note">{{ row.owner }}</span><p>{{ row.summary }}</p></li>{% endfor %}</ul>
    </section>
    {% endif %}

    {% if overview.groups.length %}
    <section class="card" aria-label="Groups">
      <h2>Groups</h2>
      <table class="plain"><thead><tr><th scope="col">Group</th><th scope="col">Owner</th><th scope="col">Nodes</th></tr></thead><tbody>
        {% for row in overview.groups %}<tr><td>{{ row.name }}</td><td>{{ row.owner }}</td><td>{{ row.count }}</td></tr>{% endfor %}
      </tbody></table>
    </section>
    {% endif %}
  </div>
</article>
`;
