{# What becomes of the table when the query's columns change: `on_schema_change`. #}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') %}
  {% if on_schema_change in ['sync_all_columns', 'append_new_columns', 'fail', 'ignore'] %}
    {{ return(on_schema_change) }}
  {% endif %}
  {% do log('on_schema_change cannot be `' ~ on_schema_change ~ '`; `' ~ default ~ '` is used.') %}
  {{ return(default) }}
{% endmacro %}

{# The columns to write: the query's own, or {} under `ignore`, where the table's are used. #}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {{ return(adapter.dispatch('process_schema_changes', 'dbt')(on_schema_change, source_relation, target_relation)) }}
{% endmacro %}

{% macro default__process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {% if on_schema_change == 'ignore' %}
    {{ return({}) }}
  {% endif %}

  {% set changes = check_for_schema_changes(source_relation, target_relation) %}
  {% if changes['schema_changed'] and on_schema_change == 'fail' %}
    {% do exceptions.raise_compiler_error(dagbook__schema_change_failure(changes)) %}
  {% elif changes['schema_changed'] %}
    {% do sync_column_schemas(on_schema_change, target_relation, changes) %}
  {% endif %}
  {{ return(changes['source_columns']) }}
{% endmacro %}

{% macro dagbook__schema_change_failure(changes) %}
  The columns of this incremental model's query are not those of its table, and `on_schema_change` is `fail`.
  Either let the table follow (`on_schema_change: append_new_columns` or `sync_all_columns`), or build it anew with
  --full-refresh, or alter it by hand.
    Source columns not in target: {{ changes['source_not_in_target'] }}
    Target columns not in source: {{ changes['target_not_in_source'] }}
    New column types: {{ changes['new_target_types'] }}
{% endmacro %}

{% macro check_for_schema_changes(source_relation, target_relation) %}
  {{ return(adapter.dispatch('check_for_schema_changes', 'dbt')(source_relation, target_relation)) }}
{% endmacro %}

{% macro default__check_for_schema_changes(source_relation, target_relation) %}
  {% set source_columns = adapter.get_columns_in_relation(source_relation) %}
  {% set target_columns = adapter.get_columns_in_relation(target_relation) %}
  {% set added = diff_columns(source_columns, target_columns) %}
  {% set removed = diff_columns(target_columns, source_columns) %}
  {% set retyped = diff_column_data_types(source_columns, target_columns) %}
  {% set changes = {
    'schema_changed': added != [] or removed != [] or retyped != [],
    'source_not_in_target': added,
    'target_not_in_source': removed,
    'source_columns': source_columns,
    'target_columns': target_columns,
    'new_target_types': retyped,
  } %}
  {% do log('Columns of ' ~ target_relation ~ ': added ' ~ added ~ ', removed ' ~ removed ~ ', new types ' ~ retyped) %}
  {{ return(changes) }}
{% endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {{ return(adapter.dispatch('sync_column_schemas', 'dbt')(on_schema_change, target_relation, schema_changes_dict)) }}
{% endmacro %}

{% macro default__sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {% set added = schema_changes_dict['source_not_in_target'] %}
  {% set removed = schema_changes_dict['target_not_in_source'] if on_schema_change == 'sync_all_columns' else [] %}
  {% set retyped = schema_changes_dict['new_target_types'] if on_schema_change == 'sync_all_columns' else [] %}
  {% if on_schema_change in ['append_new_columns', 'sync_all_columns'] and (added or removed) %}
    {% do alter_relation_add_remove_columns(target_relation, added, removed) %}
  {% endif %}
  {% for change in retyped %}
    {% do alter_column_type(target_relation, change['column_name'], change['new_type']) %}
  {% endfor %}
  {% do log('Columns of ' ~ target_relation ~ ' follow the query (' ~ on_schema_change ~ '): added ' ~ added ~ ', removed ' ~ removed ~ ', new types ' ~ retyped) %}
{% endmacro %}
