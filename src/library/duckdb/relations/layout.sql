{# Partitions and sort order: DuckLake has them, DuckDB's own tables do not. #}

{# The columns as SQL, or none. `partition_by` is the older name. #}
{% macro duckdb__get_partitioned_by(relation, temporary) -%}
  {%- set configured = config.get('partitioned_by', none) or config.get('partition_by', none) -%}
  {%- set columns = dagbook__duckdb_layout_columns(relation, temporary, configured, 'partitioned_by/partition_by') -%}
  {{ return(columns | join(', ') if columns else none) }}
{%- endmacro %}

{% macro duckdb__get_sorted_by(relation, temporary) -%}
  {%- set configured = config.get('sorted_by', none) -%}
  {%- set configured = config.get('sort_by', none) if configured is none else configured -%}
  {%- set columns = dagbook__duckdb_layout_columns(relation, temporary, configured, 'sorted_by/sort_by') -%}
  {%- set quoted = [] -%}
  {%- for column in columns or [] -%}
    {%- do quoted.append(adapter.quote(column | replace('"', '""'))) -%}
  {%- endfor -%}
  {{ return(quoted | join(', ') if quoted else none) }}
{%- endmacro %}

{# None unless the relation is the model's own, not one staged for it, and in DuckLake. #}
{% macro dagbook__duckdb_layout_columns(relation, temporary, configured, field_name) %}
  {% if temporary or configured is none %}
    {{ return(none) }}
  {% endif %}
  {% set columns = normalize_string_or_list(configured, field_name) %}
  {% if not columns %}
    {% do exceptions.raise_compiler_error(field_name ~ ': the list is empty') %}
  {% endif %}
  {% set is_staged = this is defined and config.get('materialized') in ['table', 'incremental']
      and relation.identifier and this.identifier and relation.identifier != this.identifier %}
  {% if is_staged %}
    {{ return(none) }}
  {% elif not adapter.is_ducklake(relation) %}
    {% do adapter.warn_once(field_name ~ ' has no effect on ' ~ relation ~ ', which is not in DuckLake.') %}
    {{ return(none) }}
  {% endif %}
  {{ return(columns) }}
{% endmacro %}

{% macro duckdb__alter_table_set_partitioned_by(relation, partitioned_by) -%}
  alter table {{ relation }} set partitioned by ({{ partitioned_by }});
{%- endmacro %}

{% macro duckdb__alter_table_set_sorted_by(relation, sorted_by) -%}
  alter table {{ relation }} set sorted by ({{ sorted_by }});
{%- endmacro %}

{% macro dagbook__duckdb_layout(relation, partitioned_by, sorted_by) %}
  {{ duckdb__alter_table_set_partitioned_by(relation, partitioned_by) if partitioned_by }}
  {{ duckdb__alter_table_set_sorted_by(relation, sorted_by) if sorted_by }}
{% endmacro %}
