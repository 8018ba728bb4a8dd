{# How a macro speaks to the warehouse: it writes SQL in a call block, and `statement` sends it. #}

{# Under a name, the answer waits for `load_result(name)`; `main` is the statement a node is known by. #}
{% macro statement(name=None, fetch_result=False, auto_begin=True, language='sql') -%}
  {%- if execute -%}
    {%- set code = caller() -%}
    {%- if name == 'main' -%}
      {%- do log('Runtime ' ~ language ~ ' of ' ~ model['unique_id']) -%}
      {%- do write(code) -%}
    {%- endif -%}

    {%- if language == 'sql' -%}
      {%- set response, table = adapter.execute(code, auto_begin=auto_begin, fetch=fetch_result) -%}
    {%- elif language == 'python' -%}
      {%- set response, table = submit_python_job(model, code), none -%}
    {%- else -%}
      {%- do exceptions.raise_compiler_error('A statement is written in sql or python, not in ' ~ language ~ '.') -%}
    {%- endif -%}

    {%- if name is not none -%}
      {%- do store_result(name, response=response, agate_table=table) -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro %}

{# Sends nothing: files the caller's text, and the given answer, as if it had been run. #}
{% macro noop_statement(name=None, message=None, code=None, rows_affected=None, res=None) -%}
  {%- set text = caller() -%}
  {%- if name == 'main' -%}
    {%- do log('Runtime sql of ' ~ model['unique_id']) -%}
    {%- do write(text) -%}
  {%- endif -%}
  {%- if name is not none -%}
    {%- do store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) -%}
  {%- endif -%}
{%- endmacro %}

{# One query, its rows as a table. While parsing nothing is sent and the result is undefined. #}
{% macro run_query(sql) %}
  {% call statement('run_query_statement', fetch_result=true, auto_begin=false) %}
    {{ sql }}
  {% endcall %}
  {% do return(load_result('run_query_statement').table) %}
{% endmacro %}

{% macro validate_sql(sql) -%}
  {{ return(adapter.dispatch('validate_sql', 'dbt')(sql)) }}
{%- endmacro %}

{% macro default__validate_sql(sql) -%}
  {% call statement('validate_sql') -%}
    explain {{ sql }}
  {%- endcall %}
  {{ return(load_result('validate_sql')) }}
{%- endmacro %}

{% macro is_core_v2() -%}
  {{ return(dbt_version.split('.')[0] | int == 2) }}
{%- endmacro %}

{# For the defaults that no default can write. #}
{% macro dagbook__adapter_lacks(name, type=none) %}
  {% set what = ' of a relation of type ' ~ type if type is not none else '' %}
  {% do exceptions.raise_not_implemented('The adapter ' ~ adapter.type() ~ ' has no macro for ' ~ name ~ what ~ '.') %}
{% endmacro %}
