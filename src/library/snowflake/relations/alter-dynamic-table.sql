{# Changing a dynamic or interactive table in place: one statement for each thing that cannot share one. #}

{% macro snowflake__get_alter_dynamic_table_as_sql(existing_relation, configuration_changes, target_relation, sql) -%}
  {%- do log('Applying ALTER to: ' ~ existing_relation) -%}
  {%- if configuration_changes.requires_full_refresh -%}
    {{ get_replace_sql(existing_relation, target_relation, sql) }}
  {%- else -%}
    {%- set alter = 'alter dynamic table ' ~ existing_relation -%}
    {%- set lag, warehouse = configuration_changes.target_lag, configuration_changes.snowflake_warehouse -%}
    {%- set first_warehouse = configuration_changes.snowflake_initialization_warehouse -%}
    {%- set scheduler = configuration_changes.scheduler -%}
    {%- set statements = [] -%}
    {%- if snowflake__target_lag_warehouse_alter_active(lag, warehouse, first_warehouse, scheduler) -%}
      {%- do statements.append(snowflake__get_target_lag_warehouse_alter_sql(
        'dynamic', existing_relation, lag, warehouse, first_warehouse, scheduler
      )) -%}
    {%- endif -%}

    {%- set immutable = configuration_changes.immutable_where -%}
    {%- if immutable and immutable.context -%}
      {%- do statements.append(alter ~ ' set immutable where (' ~ immutable.context ~ ')') -%}
    {%- elif immutable -%}
      {%- do statements.append(alter ~ ' unset immutable where') -%}
    {%- endif -%}
    {%- set clustering = configuration_changes.cluster_by -%}
    {%- if clustering and clustering.context -%}
      {%- do statements.append(alter ~ ' cluster by (' ~ clustering.context ~ ')') -%}
    {%- elif clustering -%}
      {%- do statements.append(alter ~ ' drop clustering key') -%}
    {%- endif -%}
    {{ statements | join(' ;\n') }}
  {%- endif -%}
{%- endmacro %}

{# Whether the macro below has anything to say. #}
{% macro snowflake__target_lag_warehouse_alter_active(target_lag, warehouse, init_warehouse, scheduler=none) %}
  {% do return(target_lag or warehouse or init_warehouse or scheduler) %}
{% endmacro %}

{# Each change is {action, context}; a warehouse for the first refresh can also be taken away, by a statement of its own. #}
{% macro snowflake__get_target_lag_warehouse_alter_sql(table_kind, existing_relation, target_lag, warehouse, init_warehouse, scheduler=none) -%}
  {%- set alter = 'alter ' ~ table_kind ~ ' table ' ~ existing_relation -%}
  {%- set options, statements = [], [] -%}
  {%- if target_lag and target_lag.context -%}{%- do options.append("target_lag = '" ~ target_lag.context ~ "'") -%}{%- endif -%}
  {%- if warehouse and warehouse.context -%}{%- do options.append('warehouse = ' ~ warehouse.context) -%}{%- endif -%}
  {%- if init_warehouse and init_warehouse.context -%}
    {%- do options.append('initialization_warehouse = ' ~ init_warehouse.context) -%}
  {%- endif -%}
  {%- if scheduler -%}{%- do options.append("scheduler = '" ~ scheduler.context ~ "'") -%}{%- endif -%}

  {%- if options or target_lag or warehouse -%}
    {%- do statements.append(alter ~ ' set ' ~ options | join(' ')) -%}
  {%- endif -%}
  {%- if init_warehouse and not init_warehouse.context -%}
    {%- do statements.append(alter ~ ' unset initialization_warehouse') -%}
  {%- endif -%}
  {%- for text in statements -%}
    {%- do log('Applying ' ~ text) -%}
  {%- endfor -%}
  {{ statements | join(' ;\n') }}
{%- endmacro %}
