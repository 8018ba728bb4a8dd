{# Column lists of the incremental strategies. #}

{% macro get_quoted_csv(column_names) %}
  {% set quoted = [] %}
  {% for name in column_names %}
    {% do quoted.append(adapter.quote(name)) %}
  {% endfor %}
  {{ return(quoted | join(', ')) }}
{% endmacro %}

{# Which columns a merge updates: those named, or all but those excluded (in any case), or all. #}
{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {{ return(adapter.dispatch('get_merge_update_columns', 'dbt')(merge_update_columns, merge_exclude_columns, dest_columns)) }}
{% endmacro %}

{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {% if merge_update_columns and merge_exclude_columns %}
    {% do exceptions.raise_compiler_error('merge_update_columns and merge_exclude_columns are both configured, and only one of them can be.') %}
  {% elif merge_update_columns %}
    {{ return(merge_update_columns) }}
  {% endif %}

  {% set excluded = (merge_exclude_columns or []) | map('lower') | list %}
  {% set updated = [] %}
  {% for column in dest_columns if column.column | lower not in excluded %}
    {% do updated.append(column.quoted) %}
  {% endfor %}
  {{ return(updated) }}
{% endmacro %}

{# Columns of the first list whose names the second does not have. #}
{% macro diff_columns(source_columns, target_columns) %}
  {% set known = target_columns | map(attribute='column') | list %}
  {{ return(source_columns | rejectattr('name', 'in', known) | list) }}
{% endmacro %}

{# [{column_name, new_type}] for the columns whose type changed in a way that widening does not cover. #}
{% macro diff_column_data_types(source_columns, target_columns) %}
  {{ return(adapter.dispatch('diff_column_data_types', 'dbt')(source_columns, target_columns)) }}
{% endmacro %}

{% macro default__diff_column_data_types(source_columns, target_columns) %}
  {% set changed = [] %}
  {% for column in source_columns %}
    {% set old = target_columns | selectattr('name', 'equalto', column.name) | first %}
    {% if old and column.expanded_data_type != old.expanded_data_type and not column.can_expand_to(other_column=old) %}
      {% do changed.append({'column_name': old.name, 'new_type': column.expanded_data_type}) %}
    {% endif %}
  {% endfor %}
  {{ return(changed) }}
{% endmacro %}
