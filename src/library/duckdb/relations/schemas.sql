{# Schemas and what is in them. Catalog names are compared without case, as DuckDB does. #}

{# Only in DuckDB's own databases for sure: an attached SQLite has no schemas but `main`, an attached MySQL makes none here. #}
{% macro duckdb__create_schema(relation) -%}
  {%- call statement('create_schema') -%}
    {% set query %}
      select type from duckdb_databases()
      where lower(database_name)='{{ relation.database | lower }}'
      and type != 'duckdb'
    {% endset %}
    {% set found = run_query(query) %}
    {% set attached = found.columns[0].values()[0] if found | length > 0 else none %}
    {% if attached == 'sqlite' and relation.schema != 'main' %}
      {% do exceptions.raise_compiler_error('An attached SQLite database has the schema main only; not ' ~ relation.schema ~ '.') %}
    {% elif attached not in ['sqlite', 'mysql'] %}
      create schema if not exists {{ relation.without_identifier() }}
    {% endif %}
  {%- endcall -%}
{%- endmacro %}

{% macro duckdb__drop_schema(relation) -%}
  {%- call statement('drop_schema') -%}
    drop schema if exists {{ relation.without_identifier() }} cascade
  {%- endcall -%}
{%- endmacro %}

{% macro duckdb__list_schemas(database) -%}
  {% set query %}
    select schema_name
    from system.information_schema.schemata
    {{ "where lower(catalog_name) = '" ~ database | lower ~ "'" if database is not none }}
  {% endset %}
  {{ return(run_query(query)) }}
{%- endmacro %}

{% macro duckdb__check_schema_exists(information_schema, schema) -%}
  {% set query %}
    select count(*)
    from system.information_schema.schemata
    where lower(schema_name) = '{{ schema | lower }}'
    and lower(catalog_name) = '{{ information_schema.database | lower }}'
  {% endset %}
  {{ return(run_query(query)) }}
{%- endmacro %}

{% macro duckdb__list_relations_without_caching(schema_relation) %}
  {% call statement('list_relations_without_caching', fetch_result=True) -%}
    select
      '{{ schema_relation.database }}' as database,
      table_name as name,
      table_schema as schema,
      CASE table_type
        WHEN 'BASE TABLE' THEN 'table'
        WHEN 'VIEW' THEN 'view'
        WHEN 'LOCAL TEMPORARY' THEN 'table'
        END as type
    from system.information_schema.tables
    where lower(table_schema) = '{{ schema_relation.schema | lower }}'
    and lower(table_catalog) = '{{ schema_relation.database | lower }}'
  {% endcall %}
  {{ return(load_result('list_relations_without_caching').table) }}
{% endmacro %}
