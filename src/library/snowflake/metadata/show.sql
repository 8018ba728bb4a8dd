{# What there is, by `show` commands: they cost no warehouse time. #}

{# `show` stops at 10,000 rows and does not say so. #}
{% macro snowflake__list_schemas(database) -%}
  {% set schemas = run_query('show terse schemas in database ' ~ database ~ ' limit 10000') %}
  {% if schemas | length >= 10000 %}
    {% do exceptions.raise_compiler_error('Database ' ~ database ~ ' has more schemas than the 9999 that can be listed.') %}
  {% endif %}
  {{ return(schemas) }}
{%- endmacro %}

{% macro snowflake__check_schema_exists(information_schema, schema) -%}
  {% call statement('check_schema_exists', fetch_result=True) -%}
    select count(*)
    from {{ information_schema }}.schemata
    where upper(schema_name) = upper('{{ schema }}')
        and upper(catalog_name) = upper('{{ information_schema.database }}')
  {%- endcall %}
  {{ return(load_result('check_schema_exists').table) }}
{%- endmacro %}

{% macro snowflake__show_object_metadata(relation) %}
  {{ return(run_query(
    'show objects in ' ~ relation.include(identifier=False) ~ " starts with '" ~ relation.identifier ~ "' limit 1"
  )) }}
{% endmacro %}

{# Page by page, each from where the last one ended. Past the last page allowed, a warning and what is there. #}
{% macro snowflake__list_relations_without_caching(schema_relation, max_iter=10000, max_results_per_iter=10000) %}
  {%- set schema = schema_relation if schema_relation is string else schema_relation.include(identifier=False) -%}
  {%- set page_size = adapter.config.flags.get('list_relations_per_page', max_results_per_iter) -%}
  {%- set page_limit = adapter.config.flags.get('list_relations_page_limit', max_iter) -%}
  {%- set pages = [] -%}
  {%- set state = namespace(watermark=none) -%}
  {%- for _ in range(page_limit + 1) -%}
    {%- if loop.last -%}
      {%- do exceptions.warn(schema ~ ' holds more than the ' ~ page_size * page_limit ~ ' objects that are listed of a schema. '
        ~ 'The project flags list_relations_per_page and, better, list_relations_page_limit raise that number.') -%}
      {%- break -%}
    {%- endif -%}
    {%- set page = adapter.normalize_show_objects_result(run_query(snowflake__show_objects_sql(schema, page_size, state.watermark))) -%}
    {%- do pages.append(page) -%}
    {%- if page | length < page_size -%}
      {%- break -%}
    {%- endif -%}
    {%- set state.watermark = page.columns.get('name').values()[-1] -%}
  {%- endfor -%}
  {%- do return(pages[0].merge(pages)) -%}
{% endmacro %}

{% macro snowflake__show_objects_sql(schema, max_results_per_iter=10000, watermark=none) %}
  {%- set from = " from '" ~ watermark ~ "'" if watermark is not none else '' -%}
  {%- do return('show objects in ' ~ schema ~ ' limit ' ~ max_results_per_iter ~ from ~ '\n;') -%}
{% endmacro %}

{% macro snowflake__list_function_relations_without_caching(schema_relation) %}
  {%- set schema = schema_relation if schema_relation is string else schema_relation.include(identifier=False) -%}
  {%- do return(run_query('show user functions in ' ~ schema)) -%}
{% endmacro %}

{# When each of some tables last changed: freshness without a column to go by. #}
{% macro snowflake__get_relation_last_modified(information_schema, relations) -%}
  {%- call statement('last_modified', fetch_result=True) -%}
    select table_schema as schema,
           table_name as identifier,
           last_altered as last_modified,
           {{ current_timestamp() }} as snapshotted_at
    from {{ information_schema }}.tables
    where (
      {%- for relation in relations -%}
        (upper(table_schema) = upper('{{ relation.schema }}') and
         upper(table_name) = upper('{{ relation.identifier }}')){%- if not loop.last %} or {% endif -%}
      {%- endfor -%}
    )
  {%- endcall -%}
  {{ return(load_result('last_modified')) }}
{%- endmacro %}
