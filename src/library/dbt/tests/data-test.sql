{# A data test: the query for failing rows, counted and held against its thresholds. #}

{% materialization test, default %}
  {% set relations = [] %}
  {% set header = config.get('sql_header') if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS else none %}
  {% set failing_rows %}
    {{ get_limit_subquery_sql(sql, config.get('limit')) }}
  {% endset %}

  {% if should_store_failures() %}
    {# the flag alone leaves the config empty #}
    {% set type = config.get('store_failures_as') or 'table' %}
    {% if type not in ['table', 'view'] %}
      {% do exceptions.raise_compiler_error("`store_failures_as` is one of ephemeral, table, view; not '" ~ type ~ "'.") %}
    {% endif %}

    {% set old_relation = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) %}
    {% if old_relation %}
      {% do adapter.drop_relation(old_relation) %}
    {% endif %}
    {% set store = api.Relation.create(database=database, schema=schema, identifier=model['alias'], type=type) %}
    {% call statement(auto_begin=True) %}
      {{ header or '' }}
      {{ get_create_sql(store, failing_rows) }}
    {% endcall %}
    {% do relations.append(store) %}
    {# counted from what was stored, so that the query runs once #}
    {% set failing_rows %}
      select *
      from {{ store }}
    {% endset %}
    {{ adapter.commit() }}
  {% endif %}

  {% call statement('main', fetch_result=True) -%}
    {{ header or '' }}
    {{ get_test_sql(failing_rows, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
  {%- endcall %}

  {{ return({'relations': relations}) }}
{% endmaterialization %}

{# One row: failures, should_warn, should_error. #}
{% macro get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
  {{ adapter.dispatch('get_test_sql', 'dbt')(main_sql, fail_calc, warn_if, error_if, limit) }}
{%- endmacro %}

{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
    select
      {{ fail_calc }} as failures,
      {{ fail_calc }} {{ warn_if }} as should_warn,
      {{ fail_calc }} {{ error_if }} as should_error
    from (
      {{ main_sql }}
      {{ 'limit ' ~ limit if limit is not none }}
    ) dbt_internal_test
{%- endmacro %}
