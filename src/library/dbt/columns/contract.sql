{# Contracts: the columns that a model promises in yaml, held against those its SQL gives. #}

{# `( name type constraint, ..., constraint )`, for a create table. #}
{% macro get_table_columns_and_constraints() -%}
  {{ adapter.dispatch('get_table_columns_and_constraints', 'dbt')() }}
{%- endmacro %}

{% macro default__get_table_columns_and_constraints() -%}
  {{ return(table_columns_and_constraints()) }}
{%- endmacro %}

{% macro table_columns_and_constraints() %}
    (
    {{ (adapter.render_raw_columns_constraints(raw_columns=model['columns'])
      + adapter.render_raw_model_constraints(raw_constraints=model['constraints'])) | join(',\n    ') }}
    )
{% endmacro %}

{% macro get_assert_columns_equivalent(sql) -%}
  {{ adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql) }}
{%- endmacro %}

{% macro default__get_assert_columns_equivalent(sql) -%}
  {{ return(assert_columns_equivalent(sql)) }}
{%- endmacro %}

{# Raises a contract error unless both sides have the same names and types; their order does not matter. #}
{% macro assert_columns_equivalent(sql) %}
  {%- set promised = model['columns'] -%}
  {%- if not promised -%}
    {%- do exceptions.raise_contract_error([], []) -%}
  {%- endif -%}

  {%- set given = format_columns(get_column_schema_from_query(sql, config.get('sql_header', none))) -%}
  {%- set wanted = format_columns(get_column_schema_from_query(get_empty_schema_sql(promised))) -%}
  {%- if given | length != wanted | length -%}
    {%- do exceptions.raise_contract_error(wanted, given) -%}
  {%- endif -%}
  {%- for column in given -%}
    {%- set same_name = wanted | selectattr('name', 'equalto', column['name']) | first -%}
    {%- if not same_name or same_name['formatted'] != column['formatted'] -%}
      {%- do exceptions.raise_contract_error(wanted, given) -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{% macro format_columns(columns) %}
  {% set formatted = [] %}
  {% for column in columns %}
    {% do formatted.append(adapter.dispatch('format_column', 'dbt')(column)) %}
  {% endfor %}
  {{ return(formatted) }}
{% endmacro %}

{% macro default__format_column(column) -%}
  {{ return({'name': column.name, 'data_type': column.dtype, 'formatted': column.column.lower() ~ ' ' ~ column.dtype}) }}
{%- endmacro %}

{# A query of nulls, cast to the promised types: how the warehouse understands them. #}
{% macro get_empty_schema_sql(columns) -%}
  {{ return(adapter.dispatch('get_empty_schema_sql', 'dbt')(columns)) }}
{%- endmacro %}

{% macro default__get_empty_schema_sql(columns) %}
    {%- set untyped, imprecise = [], [] -%}
    select
    {% for column in columns.values() %}
      {%- if column['data_type'] is not defined -%}
        {%- do untyped.append(column['name']) -%}
      {%- elif column['data_type'].strip().lower() in ('numeric', 'decimal', 'number') -%}
        {%- do imprecise.append(column['name']) -%}
      {%- endif -%}
      {{ cast('null', column['data_type']) }} as {{ adapter.quote(column['name']) if column.get('quote') else column['name'] }}{{ ', ' if not loop.last }}
    {%- endfor -%}
    {%- if untyped -%}
      {%- do exceptions.column_type_missing(column_names=untyped) -%}
    {%- elif imprecise -%}
      {%- do exceptions.warn('Of these columns the contract says numeric, but neither precision nor scale; the warehouse may round their values: ' ~ imprecise | join(', ')) -%}
    {%- endif -%}
{% endmacro %}
