{# dbt's own macro without the `commit` before hooks outside a transaction: DuckDB has begun none by then. #}
{% macro run_hooks(hooks, inside_transaction=True) %}
  {% for hook in hooks if hook.transaction == inside_transaction %}
    {% set text = render(hook.get('sql')) | trim %}
    {% if text %}
      {% call statement(auto_begin=inside_transaction) %}
        {{ text }}
      {% endcall %}
    {% endif %}
  {% endfor %}
{% endmacro %}
