{# Views. #}

{% macro snowflake__create_view_as(relation, sql) -%}
  {{ snowflake__create_view_as_with_temp_flag(relation, sql) }}
{%- endmacro %}

{% macro snowflake__create_view_as_with_temp_flag(relation, sql, is_temporary=False) -%}
  {{ config.get('sql_header', none) or '' }}
  create or replace {{ 'secure' if config.get('secure', default=false) }} {{ 'temporary' if is_temporary }} view {{ relation }}
  {% if config.persist_column_docs() %}
    {{ get_persist_docs_column_list(model.columns, get_columns_in_query(sql)) }}
  {% endif %}
  {% if config.get('contract').enforced %}
    {{ get_assert_columns_equivalent(sql) }}
  {% endif %}
  {{ dagbook__snowflake_policies(config.get('copy_grants', default=false), false) }}
  as (
    {{ sql }}
  );
{% endmacro %}

{# What follows the name in a create statement: grants and tags to carry over, a row access policy, tags of its own. #}
{% macro dagbook__snowflake_policies(copy_grants, copy_tags) %}
  {% set row_access_policy, table_tag = config.get('row_access_policy', default=none), config.get('table_tag', default=none) %}
  {{ 'copy grants' if copy_grants }}
  {{ 'copy tags' if copy_tags }}
  {{ 'with row access policy ' ~ row_access_policy if row_access_policy }}
  {{ 'with tag (' ~ table_tag ~ ')' if table_tag }}
{% endmacro %}

{# Whatever else has the name goes first, dynamic tables too, which the default does not know. #}
{% macro snowflake__create_or_replace_view() %}
  {%- set old_relation = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
  {%- set exists_as_view = old_relation is not none and old_relation.is_view -%}
  {%- set target_relation = api.Relation.create(database=database, schema=schema, identifier=model['alias'], type='view') -%}

  {{ run_hooks(pre_hooks) }}
  {% if old_relation is not none and not exists_as_view %}
    {{ handle_existing_table(should_full_refresh(), old_relation) }}
  {% endif %}
  {% call statement('main') -%}
    {{ get_create_view_as_sql(target_relation, sql) }}
  {%- endcall %}
  {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(exists_as_view, full_refresh_mode=True)) %}
  {{ run_hooks(post_hooks) }}
  {{ return({'relations': [target_relation]}) }}
{% endmacro %}
