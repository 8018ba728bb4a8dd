{# Fixture rows of a unit test as SQL: one select a row, every value cast to its column's type. #}

{# Rows of an input. Columns that a row leaves out are null; without types, those of the relation itself are used. #}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
-- Fixture for {{ model.name }}
{% set types, quoted = column_name_to_data_types or {}, {} -%}
  {%- if not types -%}
    {# a model that was never built here may have been built where the run defers to #}
    {%- set original = defer_relation if defer_relation and not load_relation(this) else this -%}
    {%- for column in adapter.get_columns_in_relation(original) -%}
      {%- do types.update({column.name | lower: column.data_type}) -%}
      {%- do quoted.update({column.name | lower: column.quoted}) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- if not types -%}
    {%- do exceptions.raise_compiler_error("The fixture '" ~ model.name ~ "' takes its types from " ~ this ~ ', which does not exist. Build it, empty is enough, and run the test again.') -%}
  {%- endif -%}

  {%- set nulls = {} %}
  {%- for name, type in types.items() -%}
    {%- do nulls.update({name: safe_cast('null', type) | trim}) -%}
  {%- endfor -%}
  {{ validate_fixture_rows(rows, row_number) }}
  {%- for row in rows -%}
    {%- set values = dict(nulls, **format_row(row, types)) -%}
    select {% for name, value in values.items() %}{{ value }} as {{ quoted.get(name, name) }}{{ ', ' if not loop.last }}{% endfor %}
    {{- '\nunion all\n' if not loop.last -}}
  {%- else -%}
    select {% for name, value in nulls.items() %}{{ value }} as {{ quoted.get(name, name) }}{{ ', ' if not loop.last }}{% endfor %}
    limit 0
  {%- endfor -%}
{% endmacro %}

{# Rows that are expected: only the columns the test names. #}
{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) %}
  {%- for row in rows -%}
    select {% for name, value in format_row(row, column_name_to_data_types).items() %}{{ value }} as {{ column_name_to_quoted.get(name, name) }}{{ ', ' if not loop.last }}{% endfor %}
    {{- '\nunion all\n' if not loop.last -}}
  {%- else -%}
    select * from dbt_internal_unit_test_actual
    limit 0
  {%- endfor -%}
{% endmacro %}

{# {lower-case name: cast value}. A name that the relation does not have is an error that lists those it has. #}
{% macro format_row(row, column_name_to_data_types) -%}
  {%- set formatted = {} -%}
  {%- for original_name, value in row.items() -%}
    {%- set name = original_name | lower -%}
    {%- if name not in column_name_to_data_types -%}
      {%- set fixture = 'output' if model.resource_type == 'unit_test' else "input '" ~ model.name ~ "'" -%}
      {%- do exceptions.raise_compiler_error(
        "The unit test's " ~ fixture ~ " has no column '" ~ name ~ "'. It has: "
        ~ column_name_to_data_types.keys() | join(', ')) -%}
    {%- endif -%}

    {%- set type = column_name_to_data_types[name] -%}
    {%- if value is string -%}
      {# a length taken from a description would cut longer text short #}
      {%- set type = type.split('(')[0] if 'varying' in type else type -%}
      {%- set literal = dbt.string_literal(dbt.escape_single_quotes(value)) -%}
    {%- else -%}
      {%- set literal = 'null' if value is none else value -%}
    {%- endif -%}
    {%- do formatted.update({name: safe_cast(literal, type)}) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{%- endmacro %}

{# For adapters that cannot take every row; the default takes all. #}
{% macro validate_fixture_rows(rows, row_number) -%}
  {{ return(adapter.dispatch('validate_fixture_rows', 'dbt')(rows, row_number)) }}
{%- endmacro %}

{% macro default__validate_fixture_rows(rows, row_number) -%}
{%- endmacro %}
