{#
  What holds the new rows before they are written. A view is free, but its query runs once for each statement that reads
  it: where a delete and an insert must see the same rows, it has to be a table.
#}

{# One of view, table (temporary), transient; `tmp_relation_type` may choose. #}
{% macro dbt_snowflake_get_tmp_relation_type(strategy, unique_key, language) %}
  {%- set chosen = config.get('tmp_relation_type') -%}
  {%- set reads_twice = strategy in ['delete+insert', 'microbatch'] and unique_key is not none -%}

  {% if language == 'python' and chosen not in [none, 'table'] %}
    {% do exceptions.raise_compiler_error("A Python model needs a tmp_relation_type of 'table', not of '" ~ chosen ~ "'.") %}
  {% elif language != 'sql' or snowflake__is_catalog_linked_database(relation=config.model) %}
    {{ return('table') }}
  {% elif reads_twice and chosen not in [none, 'table', 'transient'] %}
    {% do exceptions.raise_compiler_error('With a `unique_key`, the `' ~ strategy ~ '` strategy reads its new rows twice, so that a '
      ~ '`tmp_relation_type` of `table` or `transient` must keep them; `' ~ chosen ~ '` was specified.') %}
  {% elif chosen in ['table', 'view', 'transient'] %}
    {{ return(chosen) }}
  {% endif %}

  {% set reads_once = strategy in ['default', 'merge', 'append', 'insert_overwrite', 'delete+insert', 'microbatch'] and not reads_twice %}
  {{ return('view' if reads_once else 'table') }}
{% endmacro %}

{# To put it elsewhere, say in a schema for scratch, a project defines snowflake__resolve_incremental_tmp_relation. #}
{% macro resolve_incremental_tmp_relation(tmp_relation) %}
  {{ return(adapter.dispatch('resolve_incremental_tmp_relation', 'dbt')(tmp_relation)) }}
{% endmacro %}

{% macro snowflake__resolve_incremental_tmp_relation(tmp_relation) %}
  {{ return(tmp_relation) }}
{% endmacro %}

{# A transient table is dropped as a table, so that is its type. #}
{% macro dagbook__snowflake_tmp_relation(tmp_type, catalog) %}
  {% set tmp_relation = make_temp_relation(this) %}
  {% if snowflake__is_catalog_linked_database(relation=none, catalog_relation=catalog) %}
    {{ return(tmp_relation.incorporate(type=tmp_type, catalog=catalog.catalog_name, is_table=true)) }}
  {% endif %}
  {{ return(tmp_relation.incorporate(type='table' if tmp_type == 'transient' else tmp_type)) }}
{% endmacro %}

{% macro dagbook__snowflake_create_tmp_sql(tmp_type, tmp_relation, catalog, language) %}
  {% if snowflake__is_catalog_linked_database(relation=none, catalog_relation=catalog) %}
    {{ create_table_as(False, tmp_relation, compiled_code, language) }}
  {% elif tmp_type == 'view' %}
    {{ snowflake__create_view_as_with_temp_flag(tmp_relation, compiled_code, True) }}
  {% elif tmp_type == 'transient' %}
    {{ snowflake__create_table_transient_sql(tmp_relation, compiled_code) }}
  {% else %}
    {{ create_table_as(True, tmp_relation, compiled_code, language) }}
  {% endif %}
{% endmacro %}
