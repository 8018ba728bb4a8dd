{# The catalog of `docs generate`: tables and views joined with their columns, one row a column. #}

{% macro duckdb__get_catalog(information_schema, schemas) -%}
  {{ return(dagbook__duckdb_catalog(information_schema, duckdb__get_catalog_schemas_where_clause_sql(schemas))) }}
{%- endmacro %}

{% macro duckdb__get_catalog_relations(information_schema, relations) -%}
  {{ return(dagbook__duckdb_catalog(information_schema, duckdb__get_catalog_relations_where_clause_sql(relations))) }}
{%- endmacro %}

{% macro dagbook__duckdb_catalog(information_schema, where_clause) -%}
  {% set query %}
    with tables as (
      {{ duckdb__get_catalog_tables_sql(information_schema) }}
      {{ where_clause }}
    ),
    columns as (
      {{ duckdb__get_catalog_columns_sql(information_schema) }}
      {{ where_clause }}
    )
    {{ duckdb__get_catalog_results_sql() }}
  {% endset %}
  {{ return(run_query(query)) }}
{%- endmacro %}

{% macro duckdb__get_catalog_tables_sql(information_schema) -%}
    select *
    from (
        {% for kind, name in [('BASE TABLE', 'table'), ('VIEW', 'view')] %}
        {%- set x = name[0] %}
        select
            {{ x }}.database_name as table_database,
            {{ x }}.schema_name as table_schema,
            {{ x }}.{{ name }}_name as table_name,
            '{{ kind }}' as table_type,
            {{ x }}.comment as table_comment
        from duckdb_{{ name }}s() {{ x }}
        where upper({{ x }}.database_name) = upper('{{ information_schema.database }}')
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ) catalog_tables
{%- endmacro %}

{% macro duckdb__get_catalog_columns_sql(information_schema) -%}
    select *
    from (
        select
            c.database_name as table_database,
            c.schema_name as table_schema,
            c.table_name as table_name,
            c.column_name as column_name,
            c.column_index as column_index,
            c.data_type as column_type,
            c.comment as column_comment
        from duckdb_columns() c
        where upper(c.database_name) = upper('{{ information_schema.database }}')
    ) catalog_columns
{%- endmacro %}

{% macro duckdb__get_catalog_results_sql() -%}
    select
        tables.table_database,
        tables.table_schema,
        tables.table_name,
        tables.table_type,
        tables.table_comment,
        columns.column_name,
        columns.column_index,
        columns.column_type,
        columns.column_comment,
        null as table_owner
    from tables
    join columns using (table_database, table_schema, table_name)
    order by table_schema, table_name, column_index
{%- endmacro %}

{% macro duckdb__get_catalog_schemas_where_clause_sql(schemas) -%}
  {% set conditions = [] %}
  {% for schema in schemas %}
    {% do conditions.append("upper(table_schema) = upper('" ~ schema ~ "')") %}
  {% endfor %}
  {{ 'where (' ~ conditions | join(' or ') ~ ')' if conditions else 'where 1 = 0' }}
{%- endmacro %}

{% macro duckdb__get_catalog_relations_where_clause_sql(relations) -%}
  {% set conditions = [] %}
  {% for relation in relations %}
    {% if not relation.schema %}
      {% do exceptions.raise_compiler_error('get_catalog_relations: a relation without a schema cannot be looked up.') %}
    {% endif %}
    {% set same_name = " and upper(table_name) = upper('" ~ relation.identifier ~ "')" if relation.identifier else '' %}
    {% do conditions.append("( upper(table_schema) = upper('" ~ relation.schema ~ "')" ~ same_name ~ ' )') %}
  {% endfor %}
  {{ 'where (' ~ conditions | join(' or ') ~ ')' if conditions else 'where 1 = 0' }}
{%- endmacro %}
