{# Making tables and views. DuckDB replaces nothing in place here: materializations build beside and swap. #}

{# Takes more than dbt's own macro of the name: how DuckLake should lay the table out. #}
{% macro create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
  {{ return(adapter.dispatch('create_table_as', 'dbt')(
    temporary, relation, compiled_code, language, partitioned_by=partitioned_by, sorted_by=sorted_by
  )) }}
{%- endmacro %}

{# A table with constraints or a layout is made empty first and filled by an insert. Temporary ones take no constraints. #}
{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
  {%- if language == 'python' -%}
    {{ return(py_write_table(
      temporary=temporary, relation=relation, compiled_code=compiled_code, partitioned_by=partitioned_by, sorted_by=sorted_by
    )) }}
  {%- elif language != 'sql' -%}
    {%- do exceptions.raise_compiler_error('A table is made by sql or python, not by ' ~ language ~ '.') -%}
  {%- endif -%}

  {%- set has_contract = config.get('contract').enforced -%}
  {%- if has_contract -%}
    {%- do get_assert_columns_equivalent(compiled_code) -%}
  {%- endif -%}
  {{ config.get('sql_header', none) or '' }}
  create {{ 'temporary' if temporary }} table
    {{ relation.include(database=(not temporary), schema=(not temporary)) }}
  {% if has_contract and not temporary %}
    {{ get_table_columns_and_constraints() }} ;
    {{ dagbook__duckdb_layout(relation, partitioned_by, sorted_by) }}
    insert into {{ relation }} {{ get_column_names() }} (
      {{ get_select_subquery(compiled_code) }}
    );
  {% elif partitioned_by or sorted_by %}
    as (
      select * from (
        {{ compiled_code }}
      ) as model_subq
      limit 0
    );
    {{ dagbook__duckdb_layout(relation, partitioned_by, sorted_by) }}
    insert into {{ relation }}
      select * from (
        {{ compiled_code }}
      ) as model_subq;
  {% else %}
    as (
      {{ compiled_code }}
    );
  {% endif %}
{%- endmacro %}

{% macro get_column_names() %}
  ( {% for column in model['columns'].values() %}{{ adapter.quote(column['name']) if column.get('quote') else column['name'] }}{{ ' , ' if not loop.last }}{% endfor %} )
{% endmacro %}

{% macro duckdb__create_view_as(relation, sql) -%}
  {% if config.get('contract').enforced %}
    {{ get_assert_columns_equivalent(sql) }}
  {% endif %}
  {{ config.get('sql_header', none) or '' }}
  create view {{ relation }} as (
    {{ sql }}
  );
{%- endmacro %}

{% macro duckdb__drop_relation(relation) -%}
  {% call statement('drop_relation', auto_begin=False) -%}
    drop {{ relation.type }} if exists {{ relation }} {{ 'cascade' if not adapter.is_ducklake(relation) }}
  {%- endcall %}
{%- endmacro %}

{% macro duckdb__rename_relation(from_relation, to_relation) -%}
  {% call statement('rename_relation') -%}
    alter {{ to_relation.type }} {{ from_relation }} rename to {{ adapter.quote_as_configured(to_relation.identifier, 'identifier') }}
  {%- endcall %}
{%- endmacro %}

{# Temporary tables have no schema of ours, and a name that no other run can have. #}
{% macro duckdb__make_temp_relation(base_relation, suffix) %}
  {% set identifier = base_relation.identifier ~ suffix ~ py_current_timestring() %}
  {% do return(base_relation.incorporate(path={'identifier': identifier, 'schema': none, 'database': none})) %}
{% endmacro %}

{# {relation, temporary}. MotherDuck has no temporary tables, so there it is a real one, in a schema for such. #}
{% macro duckdb__dispatch_temporary_relation(target_relation, batch_id='') %}
  {% if not adapter.is_motherduck() %}
    {% do return({'relation': make_temp_relation(target_relation), 'temporary': true}) %}
  {% endif %}
  {% set relation = target_relation.incorporate(path=adapter.get_temp_relation_path(target_relation, batch_id)) %}
  {% do run_query(create_schema(relation)) %}
  {% if not adapter.disable_transactions() %}
    {% do adapter.commit() %}
  {% endif %}
  {% do return({'relation': relation, 'temporary': false}) %}
{% endmacro %}

{# DuckDB has no users to grant to. #}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke=True) %}
  {% if grant_config %}
    {{ adapter.warn_once('The grants config has no effect: DuckDB has no users.') }}
  {% endif %}
{% endmacro %}
