{# Whether this run adds to a table that is there: never while parsing, never in a full refresh. #}
{% macro is_incremental() %}
  {% if not execute %}
    {{ return(False) }}
  {% endif %}
  {% set relation = adapter.get_relation(this.database, this.schema, this.table) %}
  {{ return(relation is not none
    and relation.type == 'table'
    and model.config.materialized == 'incremental'
    and not should_full_refresh()) }}
{% endmacro %}
