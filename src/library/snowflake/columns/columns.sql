{# Columns, read by `describe table` and changed in place. #}

{% macro snowflake__get_columns_in_relation(relation) -%}
  {%- set rows = run_query('describe table ' ~ relation.render()) -%}
  {# a full answer may be a cut one #}
  {%- if rows | length >= 10000 -%}
    {%- do exceptions.raise_compiler_error(relation.render() ~ ' has more columns than the 9999 that can be described.') -%}
  {%- endif -%}
  {%- set columns = [] -%}
  {%- for row in rows -%}
    {%- do columns.append(api.Column.from_description(row['name'], row['type'])) -%}
  {%- endfor -%}
  {% do return(columns) %}
{%- endmacro %}

{% macro snowflake__alter_column_type(relation, column_name, new_column_type) -%}
  {% call statement('alter_column_type') %}
    alter {{ relation.get_ddl_prefix_for_alter() }} table {{ relation.render() }} alter {{ adapter.quote(column_name) }} set data type {{ new_column_type }};
  {% endcall %}
{%- endmacro %}

{# Two statements: `alter` adds or drops, not both. An interactive table cannot lose columns. #}
{% macro snowflake__alter_relation_add_remove_columns(relation, add_columns, remove_columns) %}
  {% if remove_columns and relation.is_interactive_table %}
    {% do exceptions.raise_compiler_error('Snowflake does not drop columns of an interactive table, and `' ~ relation ~ '` is one.') %}
  {% endif %}
  {% set kind = 'dynamic table' if relation.is_dynamic_table else 'table' if relation.is_interactive_table else relation.type %}
  {% set alter = 'alter ' ~ relation.get_ddl_prefix_for_alter() ~ ' ' ~ kind ~ ' ' ~ relation.render() %}

  {% set added, removed = [], [] %}
  {% for column in add_columns or [] %}
    {% do added.append(adapter.quote(column.name) ~ ' ' ~ (snowflake__get_column_data_type_for_alter(relation, column) | trim)) %}
  {% endfor %}
  {% for column in remove_columns or [] %}
    {% do removed.append(adapter.quote(column.name)) %}
  {% endfor %}
  {% if added %}
    {% do run_query(alter ~ ' add column ' ~ added | join(', ')) %}
  {% endif %}
  {% if removed %}
    {% do run_query(alter ~ ' drop column ' ~ removed | join(', ')) %}
  {% endif %}
{% endmacro %}

{# Iceberg tables refuse the length that a text column is described with. #}
{% macro snowflake__get_column_data_type_for_alter(relation, column) %}
  {% set type = column.data_type.upper() %}
  {% set has_length = column.is_string() and (type.startswith('CHARACTER VARYING') or type.startswith('VARCHAR')) %}
  {{ 'STRING' if relation.is_iceberg_format and has_length else column.data_type }}
{% endmacro %}

{# A collation stays with its column: changing a type must not drop it. #}
{% macro snowflake__diff_column_data_types(source_columns, target_columns) %}
  {% set changed = [] %}
  {% for column in source_columns %}
    {% set old = target_columns | selectattr('name', 'equalto', column.name) | first %}
    {% if old and column.data_type != old.data_type and not column.can_expand_to(other_column=old) %}
      {% set collation = " collate '" ~ old.collation ~ "'" if old.collation is defined and old.collation else '' %}
      {% do changed.append({'column_name': old.name, 'new_type': column.data_type ~ collation}) %}
    {% endif %}
  {% endfor %}
  {{ return(changed) }}
{% endmacro %}
