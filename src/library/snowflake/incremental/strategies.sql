{# DML of the incremental strategies, each in a transaction of its own. #}

{% macro snowflake__get_incremental_default_sql(arg_dict) %}
  {{ return(get_incremental_merge_sql(arg_dict)) }}
{% endmacro %}

{# Snowflake will not merge on FALSE: without a key, a plain insert. #}
{% macro snowflake__get_merge_sql(target, source_sql, unique_key, dest_columns, incremental_predicates) -%}
  {%- set dml -%}
    {%- if unique_key is none -%}
      {{ config.get('sql_header', none) or '' }}
      {{ get_insert_into_sql(target, source_sql, dest_columns) | trim }}
    {%- else -%}
      {{ default__get_merge_sql(target, source_sql, unique_key, dest_columns, incremental_predicates) }}
    {%- endif -%}
  {%- endset -%}
  {% do return(dagbook__snowflake_dml(dml, config.model)) %}
{%- endmacro %}

{% macro snowflake__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) %}
  {% set dml = default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) %}
  {% do return(dagbook__snowflake_dml(dml, config.model)) %}
{% endmacro %}

{% macro snowflake__get_incremental_append_sql(get_incremental_append_sql) %}
  {% do return(dagbook__snowflake_dml(default__get_incremental_append_sql(get_incremental_append_sql), config.model)) %}
{% endmacro %}

{% macro get_incremental_insert_overwrite_sql(arg_dict) -%}
  {{ adapter.dispatch('insert_overwrite_get_sql', 'dbt')(
    arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns']
  ) }}
{%- endmacro %}

{# Replaces every row the table has, not those of a partition: `insert overwrite` is a truncate and an insert in one. #}
{% macro snowflake__insert_overwrite_get_sql(target, source, unique_key, dest_columns) -%}
  {%- set names = config.get('overwrite_columns', []) | join(', ') -%}
  {%- set dml -%}
    {{ config.get('sql_header', '') }}
    insert overwrite into {{ target.render() }} {{ '(' ~ names ~ ')' if names }}
        select {{ names or '*' }}
        from {{ source.render() }}
  {%- endset -%}
  {% do return(dagbook__snowflake_dml(dml, config.model)) %}
{%- endmacro %}

{# Replaces one batch. dbt sends two statements, with no transaction around them; in our own style a reader never sees the gap. #}
{% macro snowflake__get_incremental_microbatch_sql(arg_dict) %}
  {%- set column = 'DBT_INTERNAL_TARGET.' ~ model.config.event_time -%}
  {%- set predicates = arg_dict.get('incremental_predicates') or [] -%}
  {%- if model.batch and model.batch.event_time_start -%}
    {%- do predicates.append(column ~ " >= to_timestamp_tz('" ~ model.config.__dbt_internal_microbatch_event_time_start ~ "')") -%}
  {%- endif -%}
  {%- if model.batch and model.batch.event_time_end -%}
    {%- do predicates.append(column ~ " < to_timestamp_tz('" ~ model.config.__dbt_internal_microbatch_event_time_end ~ "')") -%}
  {%- endif -%}
  {%- do arg_dict.update({'incremental_predicates': predicates}) -%}

  {%- set dml %}
    delete from {{ arg_dict['target_relation'] }} DBT_INTERNAL_TARGET
    where (
    {{ predicates | join('\n    and ') }}
    );
    {{ get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns']) }}
  {% endset -%}
  {{ dagbook__snowflake_dml(dml | trim, config.model) if adapter.dagbook__has_own_style() else dml }}
{% endmacro %}
