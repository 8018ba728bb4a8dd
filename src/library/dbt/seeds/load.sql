{# Steps of a seed. Each sends its own statements and returns the text of the first, for the record. #}

{% macro create_csv_table(model, agate_table) -%}
  {{ adapter.dispatch('create_csv_table', 'dbt')(model, agate_table) }}
{%- endmacro %}

{% macro default__create_csv_table(model, agate_table) %}
  {{ return(dagbook__create_csv_table('create table', model, agate_table, this)) }}
{% endmacro %}

{# Types are the configured ones, else what the values look like. #}
{% macro dagbook__create_csv_table(verb, model, agate_table, relation) %}
  {%- set types = model['config'].get('column_types', {}) -%}
  {%- set quotes = model['config'].get('quote_columns', none) -%}
  {%- set columns = [] -%}
  {%- for name in agate_table.column_names -%}
    {%- set type = types.get(name, adapter.convert_type(agate_table, loop.index0)) -%}
    {%- do columns.append(adapter.quote_seed_column(name | string, quotes) ~ ' ' ~ type) -%}
  {%- endfor -%}
  {% set text %}
    {{ verb }} {{ relation.render() }} ({{ columns | join(',') }})
  {% endset %}
  {% call statement('_') -%}
    {{ text }}
  {%- endcall %}
  {{ return(text) }}
{% endmacro %}

{# Empties a table that is there; under a full refresh it is made anew, so that new types take hold. #}
{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
  {{ adapter.dispatch('reset_csv_table', 'dbt')(model, full_refresh, old_relation, agate_table) }}
{%- endmacro %}

{% macro default__reset_csv_table(model, full_refresh, old_relation, agate_table) %}
  {% if full_refresh %}
    {{ adapter.drop_relation(old_relation) }}
    {{ return(create_csv_table(model, agate_table)) }}
  {% endif %}
  {{ adapter.truncate_relation(old_relation) }}
  {{ return('truncate table ' ~ old_relation.render()) }}
{% endmacro %}

{% macro load_csv_rows(model, agate_table) -%}
  {{ adapter.dispatch('load_csv_rows', 'dbt')(model, agate_table) }}
{%- endmacro %}

{% macro default__load_csv_rows(model, agate_table) %}
  {% set first = [] %}
  {% for chunk in agate_table.rows | batch(get_batch_size()) %}
    {% set text = dagbook__insert_rows_sql('insert into ' ~ this.render(), model, agate_table, chunk, get_binding_char()) %}
    {% do adapter.add_query(text, bindings=dagbook__row_values(chunk), abridge_sql_log=True) %}
    {% do first.append(text) if loop.first %}
  {% endfor %}
  {{ return(first[0]) }}
{% endmacro %}

{# One insert for a batch of rows, with a mark for every value. `verb` names the table, too. #}
{% macro dagbook__insert_rows_sql(verb, model, agate_table, chunk, mark) %}
  {%- set marks = '(' ~ ([mark] * (agate_table.column_names | length)) | join(',') ~ ')' -%}
    {{ verb }} ({{ get_seed_column_quoted_csv(model, agate_table.column_names) }}) values
    {{ ([marks] * (chunk | length)) | join(',') }}
{% endmacro %}

{# The values of the rows, in reading order. #}
{% macro dagbook__row_values(chunk) %}
  {% set values = [] %}
  {% for row in chunk %}
    {% do values.extend(row) %}
  {% endfor %}
  {{ return(values) }}
{% endmacro %}

{% macro get_seed_column_quoted_csv(model, column_names) %}
  {% set quotes = model['config'].get('quote_columns', none) %}
  {% set names = [] %}
  {% for name in column_names %}
    {% do names.append(adapter.quote_seed_column(name, quotes)) %}
  {% endfor %}
  {{ return(names | join(', ')) }}
{% endmacro %}

{% macro get_csv_sql(create_or_truncate_sql, insert_sql) %}
    {{ adapter.dispatch('get_csv_sql', 'dbt')(create_or_truncate_sql, insert_sql) }}
{% endmacro %}

{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) %}
    {{ create_or_truncate_sql }};
    -- dbt seed --
    {{ insert_sql }}
{% endmacro %}

{# How the driver marks a bound value. #}
{% macro get_binding_char() -%}
  {{ adapter.dispatch('get_binding_char', 'dbt')() }}
{%- endmacro %}

{% macro default__get_binding_char() %}
  {{ return('%s') }}
{% endmacro %}

{# Rows an insert. #}
{% macro get_batch_size() -%}
  {{ return(adapter.dispatch('get_batch_size', 'dbt')()) }}
{%- endmacro %}

{% macro default__get_batch_size() %}
  {{ return(10000) }}
{% endmacro %}
