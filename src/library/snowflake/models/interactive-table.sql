{# An interactive table: a clustered table for short queries, static or refreshed within a lag. #}

{% materialization interactive_table, adapter='snowflake' %}
  {% set original_query_tag = set_query_tag() %}
  {% set existing_relation = load_cached_relation(this) %}
  {% set target_relation = this.incorporate(type=this.InteractiveTable) %}

  {{ run_hooks(pre_hooks) }}
  {% do dagbook__snowflake_build_or_skip(interactive_table_get_build_sql(existing_relation, target_relation), existing_relation, target_relation) %}
  {{ run_hooks(post_hooks) }}

  {% do unset_query_tag(original_query_tag) %}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# Empty where nothing is to be done. Some changes cannot be altered in, and replace the table. #}
{% macro interactive_table_get_build_sql(existing_relation, target_relation) %}
  {% if existing_relation is none %}
    {% do return(get_create_sql(target_relation, sql)) %}
  {% elif should_full_refresh() or not existing_relation.is_interactive_table %}
    {% do return(get_replace_sql(existing_relation, target_relation, sql)) %}
  {% endif %}

  {% set changes = snowflake__get_interactive_table_configuration_changes(existing_relation, config) %}
  {% if changes is none %}
    {% do exceptions.warn('The configuration of `' ~ target_relation ~ '` is unchanged, so nothing was sent.') %}
  {% elif dagbook__may_apply_configuration_changes(target_relation) and changes.requires_full_refresh %}
    {% do return(get_replace_sql(existing_relation, target_relation, sql)) %}
  {% elif config.get('on_configuration_change') == 'apply' %}
    {% do return(snowflake__get_alter_interactive_table_as_sql(existing_relation, changes, target_relation, sql)) %}
  {% endif %}
  {% do return('') %}
{% endmacro %}

{% macro interactive_table_execute_no_op(relation) %}
  {{ dynamic_table_execute_no_op(relation) }}
{% endmacro %}

{% macro interactive_table_execute_build_sql(build_sql, existing_relation, target_relation) %}
  {{ dynamic_table_execute_build_sql(build_sql, existing_relation, target_relation) }}
{% endmacro %}

{% macro snowflake__get_interactive_table_configuration_changes(existing_relation, new_config) -%}
  {%- set current = adapter.describe_interactive_table(existing_relation) -%}
  {%- do return(existing_relation.interactive_table_config_changeset(current, new_config.model)) -%}
{%- endmacro %}
