{# Tables: `create or replace ... as`, of the kind that the model's catalog asks for. #}

{% macro snowflake__create_table_as(temporary, relation, compiled_code, language='sql') -%}
  {%- set catalog = adapter.build_catalog_relation(config.model) -%}
  {%- set kind = catalog.catalog_type -%}
  {%- if language == 'python' and kind == 'BUILT_IN' -%}
    {%- do exceptions.raise_compiler_error('A Python model cannot be an Iceberg table; a SQL model can.') -%}
  {%- elif language == 'python' -%}
    {{ py_write_table(compiled_code, relation, temporary) }}
  {%- elif language != 'sql' -%}
    {%- do exceptions.raise_compiler_error('A table is made by sql or python, not by ' ~ language ~ '.') -%}
  {%- elif temporary -%}
    {{ snowflake__create_table_temporary_sql(relation, compiled_code) }}
  {%- elif kind == 'INFO_SCHEMA' -%}
    {{ snowflake__create_table_info_schema_sql(relation, compiled_code) }}
  {%- elif kind == 'BUILT_IN' -%}
    {{ snowflake__create_table_built_in_sql(relation, compiled_code) }}
  {%- elif kind == 'ICEBERG_REST' and catalog.catalog_linked_database_type == 'glue' -%}
    {{ snowflake__create_table_iceberg_rest_with_glue(relation, compiled_code, catalog) }}
  {%- elif kind == 'ICEBERG_REST' -%}
    {{ snowflake__create_table_iceberg_rest_sql(relation, compiled_code) }}
  {%- else -%}
    {%- do exceptions.raise_compiler_error('No kind of table is known for the catalog of ' ~ relation ~ ': ' ~ kind) -%}
  {%- endif -%}
{% endmacro %}

{# Gone with the session. #}
{% macro snowflake__create_table_temporary_sql(relation, compiled_code) -%}
  {{ dagbook__snowflake_working_table('temporary', relation, compiled_code) }}
{%- endmacro %}

{# Seen by lineage, which temporary tables are not, and without the cost of a permanent one. #}
{% macro snowflake__create_table_transient_sql(relation, compiled_code) -%}
  {{ dagbook__snowflake_working_table('transient', relation, compiled_code) }}
{%- endmacro %}

{% macro dagbook__snowflake_working_table(kind, relation, compiled_code) -%}
  {%- set contract = dagbook__snowflake_contract(compiled_code) -%}
  {{ config.get('sql_header', none) or '' }}
  create or replace {{ kind }} table {{ relation }}
    {{ contract.columns }}
  as (
    {{ contract.query }}
    )
  ;
{%- endmacro %}

{# {columns, query}: under an enforced contract the promised columns and the query cut to them; else nothing and the query. #}
{% macro dagbook__snowflake_contract(compiled_code) %}
  {% set contract = config.get('contract') %}
  {% if not (contract and contract.enforced) %}
    {{ return({'columns': '', 'query': compiled_code}) }}
  {% endif %}
  {% do get_assert_columns_equivalent(compiled_code) %}
  {{ return({'columns': get_table_columns_and_constraints(), 'query': get_select_subquery(compiled_code)}) }}
{% endmacro %}

{# Snowflake's own format; transient unless the model says otherwise. Sorted as it is written, clustering has less to do. #}
{% macro snowflake__create_table_info_schema_sql(relation, compiled_code) -%}
  {%- set catalog = adapter.build_catalog_relation(config.model) -%}
  {%- set contract = dagbook__snowflake_contract(compiled_code) -%}
  {{ config.get('sql_header', none) or '' }}
  create or replace {{ 'transient' if catalog.is_transient }} table {{ relation }}
    {{ contract.columns }}
    {{ dagbook__snowflake_policies(config.get('copy_grants', default=false), config.get('copy_tags', default=false)) }}
    {{ optional('change_tracking', catalog.change_tracking) }}
  as (
    {{- dagbook__snowflake_ordered(contract.query, catalog.cluster_by) }}
    )
  ;
  {{ dagbook__snowflake_clustering('table', relation, catalog) }}
{%- endmacro %}

{% macro dagbook__snowflake_ordered(query, cluster_by) %}
  {%- if cluster_by is none -%}
    {{ query }}
  {%- else -%}
    select * from (
        {{ query }}
    )
    order by (
        {{ cluster_by }}
    )
  {%- endif -%}
{% endmacro %}

{% macro dagbook__snowflake_clustering(kind, relation, catalog) %}
  {% if catalog.cluster_by is not none %}
    alter {{ kind }} {{ relation }} cluster by ({{ catalog.cluster_by }});
    {% if catalog.automatic_clustering %}
    alter {{ kind }} {{ relation }} resume recluster;
    {% endif %}
  {% endif %}
{% endmacro %}
