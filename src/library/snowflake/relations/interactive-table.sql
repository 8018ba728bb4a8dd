{# Interactive tables: created in a way of their own, dropped and renamed as tables. #}

{% macro snowflake__get_create_interactive_table_as_sql(relation, sql) -%}
  {{ snowflake__create_interactive_table_sql(relation.from_config(config.model), relation, sql) }}
{%- endmacro %}

{% macro snowflake__create_interactive_table_sql(interactive_table, relation, sql) -%}
  {{ snowflake__interactive_table_ddl_body_sql(interactive_table, relation, sql, ddl_prefix='create interactive table') }}
{%- endmacro %}

{% macro snowflake__get_replace_interactive_table_sql(relation, sql) -%}
  {{ snowflake__interactive_table_ddl_body_sql(
    relation.from_config(config.model), relation, sql, ddl_prefix='create or replace interactive table'
  ) }}
{%- endmacro %}

{# A lag makes it dynamic, and then it needs a warehouse. #}
{% macro snowflake__interactive_table_ddl_body_sql(interactive_table, relation, sql, ddl_prefix) -%}
  {{ ddl_prefix }} {{ relation }}
    cluster by ({{ interactive_table.cluster_by }})
    {% if interactive_table.is_dynamic %}
    target_lag = '{{ interactive_table.target_lag }}'
    {{ optional('warehouse', interactive_table.warehouse_parameter) }}
    {{ optional('initialization_warehouse', interactive_table.snowflake_initialization_warehouse) }}
    {% endif %}
    as (
        {{ sql }}
    )
{%- endmacro %}

{% macro snowflake__get_alter_interactive_table_as_sql(existing_relation, configuration_changes, target_relation, sql) -%}
  {%- do log('Applying ALTER to: ' ~ existing_relation) -%}
  {{ snowflake__alter_interactive_table_sql(existing_relation, configuration_changes, target_relation) }}
{%- endmacro %}

{% macro snowflake__alter_interactive_table_sql(existing_relation, configuration_changes, target_relation) %}
  {{- snowflake__get_target_lag_warehouse_alter_sql(
    'interactive', existing_relation, configuration_changes.target_lag, configuration_changes.refresh_warehouse,
    configuration_changes.snowflake_initialization_warehouse
  ) -}}
{% endmacro %}

{% macro snowflake__describe_interactive_table(relation) %}
  {%- do return(adapter.describe_interactive_table(relation)) -%}
{% endmacro %}

{% macro snowflake__get_drop_interactive_table_sql(relation) %}
  drop table if exists {{ relation }}
{% endmacro %}

{% macro snowflake__get_rename_interactive_table_sql(relation, new_name) -%}
  alter table {{ relation }} rename to {{ new_name }}
{%- endmacro %}
