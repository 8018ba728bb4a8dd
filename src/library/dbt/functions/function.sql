{# User-defined functions in the warehouse. Which macro writes one follows from its type and language. #}

{% materialization function, default, supported_languages=['sql', 'python', 'javascript'] %}
  {% set existing_relation = load_cached_relation(this) %}
  {% set target_relation = this.incorporate(type=this.Function) %}

  {{ run_hooks(pre_hooks) }}
  {% set macro_name = this.get_function_macro_name(this.get_function_config(model)) %}
  {# under another name, because a parser that looks for dispatches wants their names as literals #}
  {% set find = adapter.dispatch %}
  {{ function_execute_build_sql(find(macro_name, 'dbt')(target_relation), existing_relation, target_relation) }}
  {{ run_hooks(post_hooks) }}

  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro function_execute_build_sql(build_sql, existing_relation, target_relation) %}
  {{ return(adapter.dispatch('function_execute_build_sql', 'dbt')(build_sql, existing_relation, target_relation)) }}
{% endmacro %}

{% macro default__function_execute_build_sql(build_sql, existing_relation, target_relation) %}
  {% call statement(name='main') %}
    {{ build_sql }}
  {% endcall %}
  {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
  {% do persist_docs(target_relation, model) %}
  {{ adapter.commit() }}
{% endmacro %}
