{# A unit test: the model over fixtures (put in its place while compiling), beside the rows it should give. #}

{% materialization unit, default %}
  {% set header = config.get('sql_header') if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS else none %}
  {% set expected_rows = config.get('expected_rows') %}
  {% set names = expected_rows[0].keys() if expected_rows else get_columns_in_query(sql) %}

  {# an empty copy of the result says what types the expected values must have #}
  {% set shape = make_temp_relation(this.incorporate(type='table')) %}
  {% do run_query(get_create_table_as_sql(True, shape, get_empty_subquery_sql(sql))) %}
  {% set types, quoted = {}, {} %}
  {% for column in adapter.get_columns_in_relation(shape) %}
    {% do types.update({column.name | lower: column.data_type}) %}
    {% do quoted.update({column.name | lower: column.quoted}) %}
  {% endfor %}
  {% set compared = [] %}
  {% for name in names %}
    {% do compared.append(quoted[name | lower]) %}
  {% endfor %}

  {% set expected = config.get('expected_sql') or get_expected_sql(expected_rows, types, quoted) %}
  {% set both = get_unit_test_sql(sql, expected, compared) %}
  {% call statement('main', fetch_result=True) -%}
    {{ header or '' }}
    {{ both }}
  {%- endcall %}
  {% do adapter.drop_relation(shape) %}

  {{ return({'relations': []}) }}
{% endmaterialization %}

{# Both sides in one result, each row marked with the side it is from. #}
{% macro get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {{ adapter.dispatch('get_unit_test_sql', 'dbt')(main_sql, expected_fixture_sql, expected_column_names) }}
{%- endmacro %}

{% macro default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
-- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    {{ expected_column_names | join(',') }}, {{ dbt.string_literal('actual') }} as {{ adapter.quote('actual_or_expected') }}
  from (
    {{ main_sql }}
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    {{ expected_column_names | join(', ') }}, {{ dbt.string_literal('expected') }} as {{ adapter.quote('actual_or_expected') }}
  from (
    {{ expected_fixture_sql }}
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected
{%- endmacro %}
