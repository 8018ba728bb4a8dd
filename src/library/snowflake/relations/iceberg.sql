{# Iceberg tables: Snowflake's own, and those of an outside catalog. None can be temporary or transient. #}

{% macro snowflake__create_table_built_in_sql(relation, compiled_code) -%}
  {%- set catalog = adapter.build_catalog_relation(config.model) -%}
  {%- set contract = dagbook__snowflake_contract(compiled_code) -%}
  {{ config.get('sql_header', none) or '' }}
  create or replace iceberg table {{ relation }}
    {{ contract.columns }}
    {{ dagbook__snowflake_partitioning(get_partition_by_keys(catalog)) }}
    {{ optional('external_volume', catalog.external_volume, "'") }}
    catalog = 'SNOWFLAKE'
    base_location = '{{ catalog.base_location }}'
    {{ optional('iceberg_version', catalog.iceberg_version) }}
    {{ optional('storage_serialization_policy', catalog.storage_serialization_policy, "'") }}
    {{ optional('max_data_extension_time_in_days', catalog.max_data_extension_time_in_days) }}
    {{ optional('data_retention_time_in_days', catalog.data_retention_time_in_days) }}
    {{ optional('change_tracking', catalog.change_tracking) }}
    {{ dagbook__snowflake_policies(false, false) }}
    {{ 'copy grants' if config.get('copy_grants', default=false) }}
    {{ 'copy tags' if config.get('copy_tags', default=false) }}
  as (
    {{- dagbook__snowflake_ordered(contract.query, catalog.cluster_by) }}
    )
  ;
  {{ dagbook__snowflake_clustering('iceberg table', relation, catalog) }}
{%- endmacro %}

{# An outside catalog can neither replace nor rename a table, so the old one is dropped first: for a moment there is none. #}
{% macro snowflake__create_table_iceberg_rest_sql(relation, compiled_code) -%}
  {%- set catalog = adapter.build_catalog_relation(config.model) -%}
  {%- set contract = dagbook__snowflake_contract(compiled_code) -%}
  {{ config.get('sql_header', none) or '' }}
  {{ dagbook__snowflake_drop_existing(relation) }}
  create iceberg table {{ relation }}
    {{ contract.columns }}
    {{ dagbook__snowflake_rest_options(catalog, get_partition_by_keys(catalog)) }}
  as (
    {{ contract.query }}
  );
{%- endmacro %}

{# Glue cannot create from a query: an empty table of the query's columns, in lower case, and then an insert. #}
{% macro snowflake__create_table_iceberg_rest_with_glue(relation, compiled_code, catalog_relation) -%}
  {%- set columns, keys = [], [] -%}
  {%- for column in get_column_schema_from_query(compiled_code) -%}
    {%- set type = 'INT' if column.data_type == 'FIXED' else 'STRING' if 'character varying' in column.data_type else column.data_type -%}
    {%- do columns.append(adapter.quote(column.name.lower()) ~ ' ' ~ type) -%}
  {%- endfor -%}
  {%- for key in get_partition_by_keys(catalog_relation) or [] -%}
    {%- do keys.append('"' ~ key.lower() ~ '"') -%}
  {%- endfor -%}
  {{ config.get('sql_header', none) or '' }}
  {{ dagbook__snowflake_drop_existing(relation) }}
  create iceberg table {{ relation }} ({{ columns | join(', ') }})
    {{ dagbook__snowflake_rest_options(catalog_relation, keys) }}
  ;
  insert into {{ relation }}
    {{ compiled_code }};
{%- endmacro %}

{% macro dagbook__snowflake_drop_existing(relation) %}
  {% set existing = adapter.get_relation(database=relation.database, schema=relation.schema, identifier=relation.identifier) %}
  {{ 'drop table if exists ' ~ existing ~ ';' if existing }}
{% endmacro %}

{% macro dagbook__snowflake_rest_options(catalog, partition_keys) %}
  {{ dagbook__snowflake_partitioning(partition_keys) }}
  {{ optional('external_volume', catalog.external_volume, "'") }}
  {{ optional('iceberg_version', catalog.iceberg_version) }}
  {{ optional('target_file_size', catalog.target_file_size, "'") }}
  {{ optional('auto_refresh', catalog.auto_refresh) }}
  {{ optional('max_data_extension_time_in_days', catalog.max_data_extension_time_in_days) }}
  {{ dagbook__snowflake_policies(false, false) }}
  {{ 'copy grants' if config.get('copy_grants', default=false) }}
{% endmacro %}

{% macro dagbook__snowflake_partitioning(keys) %}
  {{ 'partition by (' ~ keys | join(', ') ~ ')' if keys }}
{% endmacro %}

{# A list, whether one key was given or many. #}
{% macro get_partition_by_keys(catalog_relation) -%}
  {%- set keys = catalog_relation.partition_by -%}
  {{ return([keys] if keys and keys is string else keys) }}
{%- endmacro %}
