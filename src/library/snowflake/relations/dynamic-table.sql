{# Dynamic tables: Snowflake refreshes them by itself, within a lag of their sources. #}

{% macro snowflake__get_create_dynamic_table_as_sql(relation, sql) -%}
  {{ dagbook__snowflake_dynamic_table_sql('create', relation, compiled_code) }}
{%- endmacro %}

{% macro snowflake__get_replace_dynamic_table_sql(relation, sql) -%}
  {{ dagbook__snowflake_dynamic_table_sql('create or replace', relation, sql) }}
{%- endmacro %}

{% macro dagbook__snowflake_dynamic_table_sql(verb, relation, sql) %}
  {%- set dynamic_table = relation.from_config(config.model) -%}
  {%- set kind = adapter.build_catalog_relation(config.model).catalog_type -%}
  {%- if kind == 'INFO_SCHEMA' and verb == 'create' -%}
    {{ snowflake__create_dynamic_table_info_schema_sql(dynamic_table, relation, sql) }}
  {%- elif kind == 'INFO_SCHEMA' -%}
    {{ snowflake__replace_dynamic_table_info_schema_sql(dynamic_table, relation, sql) }}
  {%- elif kind == 'BUILT_IN' and verb == 'create' -%}
    {{ snowflake__create_dynamic_table_built_in_sql(dynamic_table, relation, sql) }}
  {%- elif kind == 'BUILT_IN' -%}
    {{ snowflake__replace_dynamic_table_built_in_sql(dynamic_table, relation, sql) }}
  {%- else -%}
    {%- do exceptions.raise_compiler_error('No kind of dynamic table is known for the catalog of ' ~ relation ~ ': ' ~ kind) -%}
  {%- endif -%}
{% endmacro %}

{% macro snowflake__create_dynamic_table_info_schema_sql(dynamic_table, relation, sql) -%}
  {{ dagbook__snowflake_native_dynamic_table('create', dynamic_table, relation, sql) }}
{%- endmacro %}

{% macro snowflake__replace_dynamic_table_info_schema_sql(dynamic_table, relation, sql) -%}
  {{ dagbook__snowflake_native_dynamic_table('create or replace', dynamic_table, relation, sql) }}
{%- endmacro %}

{# Grants are carried over only where there is something to carry them from. #}
{% macro dagbook__snowflake_native_dynamic_table(verb, dynamic_table, relation, sql) %}
  {%- set by_default = adapter.behavior.snowflake_default_transient_dynamic_tables.no_warn -%}
  {%- set transient = by_default if dynamic_table.transient is none else dynamic_table.transient -%}
  {{ verb }} {{ 'transient' if transient }} dynamic table {{ relation }}
    {{ dagbook__snowflake_refresh(dynamic_table) }}
    {{ dagbook__snowflake_schedule(dynamic_table) }}
    {{ optional('with row access policy', dynamic_table.row_access_policy, equals_char='') }}
    {{ optional('with tag', dynamic_table.table_tag, quote_char='(', equals_char='') }}
    {{ optional('cluster by', dynamic_table.cluster_by, quote_char='(', equals_char='') }}
    {{ 'copy grants' if verb != 'create' and dynamic_table.copy_grants }}
    {{ optional('immutable where', dynamic_table.immutable_where, quote_char='(', equals_char='') }}
    as (
        {{ sql }}
    )
{% endmacro %}

{% macro snowflake__create_dynamic_table_built_in_sql(dynamic_table, relation, sql) -%}
  {{ dagbook__snowflake_iceberg_dynamic_table('create', 'SNOWFLAKE', dynamic_table, relation, sql) }}
{%- endmacro %}

{% macro snowflake__replace_dynamic_table_built_in_sql(dynamic_table, relation, sql) -%}
  {{ dagbook__snowflake_iceberg_dynamic_table('create or replace', 'snowflake', dynamic_table, relation, sql) }}
{%- endmacro %}

{% macro dagbook__snowflake_iceberg_dynamic_table(verb, catalog_name, dynamic_table, relation, sql) %}
  {%- set catalog = adapter.build_catalog_relation(config.model) -%}
  {{ verb }} dynamic iceberg table {{ relation }}
    {{ dagbook__snowflake_refresh(dynamic_table) }}
    {{ optional('external_volume', catalog.external_volume, "'") }}
    catalog = '{{ catalog_name }}'
    base_location = '{{ catalog.base_location }}'
    {{ optional('iceberg_version', catalog.iceberg_version) }}
    {{ dagbook__snowflake_schedule(dynamic_table) }}
    {{ optional('row_access_policy', dynamic_table.row_access_policy) }}
    {{ optional('table_tag', dynamic_table.table_tag) }}
    {{ optional('cluster by', dynamic_table.cluster_by, quote_char='(', equals_char='') }}
    {{ 'copy grants' if verb != 'create' and dynamic_table.copy_grants }}
    {{ optional('immutable where', dynamic_table.immutable_where, quote_char='(', equals_char='') }}
    as (
        {{ sql }}
    )
{% endmacro %}

{# How fresh, and who does the work. #}
{% macro dagbook__snowflake_refresh(dynamic_table) %}
  {{ optional('target_lag', dynamic_table.target_lag, "'") }}
  warehouse = {{ dynamic_table.warehouse_parameter }}
  {{ optional('initialization_warehouse', dynamic_table.snowflake_initialization_warehouse) }}
{% endmacro %}

{# Without a lag to keep to, nothing is refreshed unless asked for. #}
{% macro dagbook__snowflake_schedule(dynamic_table) %}
  {% set switched_off = 'DISABLE' if dynamic_table.target_lag is none else none %}
  {{ optional('refresh_mode', dynamic_table.refresh_mode) }}
  {{ optional('initialize', dynamic_table.initialize) }}
  {{ optional('scheduler', switched_off if dynamic_table.scheduler is none else dynamic_table.scheduler, "'") }}
{% endmacro %}

{% macro snowflake__describe_dynamic_table(relation) %}
  {%- do return(adapter.describe_dynamic_table(relation)) -%}
{% endmacro %}

{% macro snowflake__get_drop_dynamic_table_sql(relation) %}
  drop dynamic table if exists {{ relation }}
{% endmacro %}

{% macro snowflake__refresh_dynamic_table(relation) -%}
  {%- do log('Applying REFRESH to: ' ~ relation) -%}
  alter dynamic table {{ relation }} refresh
{%- endmacro %}

{# What dbt calls a materialized view is a dynamic table here. #}
{% macro snowflake__get_rename_materialized_view_sql(relation, new_name) -%}
  alter dynamic table {{ relation }} rename to {{ new_name }}
{%- endmacro %}
