{# A dynamic table. That its query changed is not seen, only that its options did: dbt does not look either. #}

{% materialization dynamic_table, adapter='snowflake' %}
  {% set original_query_tag = set_query_tag() %}
  {% set existing_relation = load_cached_relation(this) %}
  {% set target_relation = this.incorporate(type=this.DynamicTable) %}

  {{ run_hooks(pre_hooks) }}
  {% do dagbook__snowflake_build_or_skip(dynamic_table_get_build_sql(existing_relation, target_relation), existing_relation, target_relation) %}
  {% if target_relation.from_config(config.model).scheduler | upper == 'DISABLE' %}
    {% call statement(name='refresh') %}
      {{ snowflake__refresh_dynamic_table(target_relation) }}
    {% endcall %}
  {% endif %}
  {{ run_hooks(post_hooks) }}

  {% do unset_query_tag(original_query_tag) %}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro dagbook__snowflake_build_or_skip(build_sql, existing_relation, target_relation) %}
  {% if build_sql %}
    {% do dynamic_table_execute_build_sql(build_sql, existing_relation, target_relation) %}
  {% else %}
    {% do dynamic_table_execute_no_op(target_relation) %}
  {% endif %}
{% endmacro %}

{# Empty where nothing is to be done. #}
{% macro dynamic_table_get_build_sql(existing_relation, target_relation) %}
  {% if existing_relation is none %}
    {% do return(get_create_sql(target_relation, sql)) %}
  {% elif should_full_refresh() or not existing_relation.is_dynamic_table %}
    {% do return(get_replace_sql(existing_relation, target_relation, sql)) %}
  {% endif %}

  {% set changes = snowflake__get_dynamic_table_configuration_changes(existing_relation, config) %}
  {% if changes is none %}
    {% do exceptions.warn('The configuration of `' ~ target_relation ~ '` is unchanged, so nothing was sent.') %}
  {% elif dagbook__may_apply_configuration_changes(target_relation) %}
    {% do return(snowflake__get_alter_dynamic_table_as_sql(existing_relation, changes, target_relation, sql)) %}
  {% endif %}
  {% do return('') %}
{% endmacro %}

{% macro dynamic_table_execute_no_op(relation) %}
  {% do store_raw_result(name='main', message='skip ' ~ relation, code='skip', rows_affected='-1') %}
{% endmacro %}

{% macro dynamic_table_execute_build_sql(build_sql, existing_relation, target_relation) %}
  {% call statement(name='main') %}
    {{ build_sql }}
  {% endcall %}
  {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
  {% do persist_docs(target_relation, model) %}
{% endmacro %}

{# Whether it is transient costs a statement to find out, and matters only where the model says. #}
{% macro snowflake__get_dynamic_table_configuration_changes(existing_relation, new_config) -%}
  {%- set current = adapter.describe_dynamic_table(existing_relation, new_config.get('transient') is not none) -%}
  {%- do return(existing_relation.dynamic_table_config_changeset(current, new_config.model)) -%}
{%- endmacro %}
