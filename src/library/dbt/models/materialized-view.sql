{# A materialized view: created, replaced, altered where its config changed, else refreshed. #}

{% materialization materialized_view, default %}
  {% set existing_relation = load_cached_relation(this) %}
  {% set target_relation = this.incorporate(type=this.MaterializedView) %}
  {% set intermediate_relation = make_intermediate_relation(target_relation) %}
  {% set backup_type = target_relation.MaterializedView if existing_relation is none else existing_relation.type %}
  {% set backup_relation = make_backup_relation(target_relation, backup_type) %}

  {{ materialized_view_setup(backup_relation, intermediate_relation, pre_hooks) }}
  {% set build_sql = materialized_view_get_build_sql(existing_relation, target_relation, backup_relation, intermediate_relation) %}
  {% if build_sql == '' %}
    {{ materialized_view_execute_no_op(target_relation) }}
  {% else %}
    {{ materialized_view_execute_build_sql(build_sql, existing_relation, target_relation, post_hooks) }}
  {% endif %}
  {{ materialized_view_teardown(backup_relation, intermediate_relation, post_hooks) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro materialized_view_setup(backup_relation, intermediate_relation, pre_hooks) %}
  {# left over, if a run broke off here #}
  {% for leftover in [load_cached_relation(backup_relation), load_cached_relation(intermediate_relation)] %}
    {{ drop_relation_if_exists(leftover) }}
  {% endfor %}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
{% endmacro %}

{% macro materialized_view_teardown(backup_relation, intermediate_relation, post_hooks) %}
  {{ drop_relation_if_exists(backup_relation) }}
  {{ drop_relation_if_exists(intermediate_relation) }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
{% endmacro %}

{# Empty where nothing is to be done. #}
{% macro materialized_view_get_build_sql(existing_relation, target_relation, backup_relation, intermediate_relation) %}
  {% if existing_relation is none %}
    {% do return(get_create_materialized_view_as_sql(target_relation, sql)) %}
  {% elif should_full_refresh() or not existing_relation.is_materialized_view %}
    {% do return(get_replace_sql(existing_relation, target_relation, sql)) %}
  {% endif %}

  {% set changes = get_materialized_view_configuration_changes(existing_relation, config) %}
  {% if changes is none %}
    {% do return(refresh_materialized_view(target_relation)) %}
  {% elif dagbook__may_apply_configuration_changes(target_relation) %}
    {% do return(get_alter_materialized_view_as_sql(
      target_relation, changes, sql, existing_relation, backup_relation, intermediate_relation
    )) %}
  {% endif %}
  {% do return('') %}
{% endmacro %}

{# What `on_configuration_change` says to a change: true to apply it, false to go on without, an error to stop. #}
{% macro dagbook__may_apply_configuration_changes(target_relation) %}
  {% set policy = config.get('on_configuration_change') %}
  {% set found = 'The configuration of `' ~ target_relation.render() ~ '` changed, and its `on_configuration_change` is `' ~ policy ~ '`.' %}
  {% if policy == 'continue' %}
    {% do exceptions.warn(found) %}
  {% elif policy == 'fail' %}
    {% do exceptions.raise_fail_fast_error(found) %}
  {% elif policy != 'apply' %}
    {% do exceptions.raise_compiler_error('`on_configuration_change` is one of apply, continue, fail; not `' ~ policy ~ '`.') %}
  {% endif %}
  {% do return(policy == 'apply') %}
{% endmacro %}

{% macro materialized_view_execute_no_op(target_relation) %}
  {% do store_raw_result(name='main', message='skip ' ~ target_relation, code='skip', rows_affected='-1') %}
{% endmacro %}

{% macro materialized_view_execute_build_sql(build_sql, existing_relation, target_relation, post_hooks) %}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement(name='main') %}
    {{ build_sql }}
  {% endcall %}
  {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
  {% do persist_docs(target_relation, model) %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
{% endmacro %}
