{#
  A table function: a view with parameters. Its query is bound when it is called, so columns that the tables below gain
  are there without building it again. In a `from` it wants its brackets, even empty ones.
#}
{% materialization table_function, adapter='duckdb' %}
  {%- set target_relation = api.Relation.create(database=database, schema=schema, identifier=model['alias'], type='view') -%}
  {# one name, names in one string, or a list #}
  {%- set parameters = config.get('parameters') or '' -%}
  {%- set is_list = parameters is not string and parameters is not number -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement('main') -%}
    create or replace function {{ target_relation.render() }}(
        {{ parameters | join(', ') if is_list else parameters }}
      ) as table (
        {{ sql }});
  {%- endcall %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {% do persist_docs(target_relation, model) %}
  {{ adapter.commit() }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
