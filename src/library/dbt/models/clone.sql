{# A clone of what the deferred-to state has: of a table without copying, where the warehouse can; else a view over it. #}

{% materialization clone, default %}
  {%- if not defer_relation -%}
    {% do log('Nothing to clone for ' ~ model.unique_id ~ ': the state has no relation of it.', info=True) %}
    {{ return({'relations': []}) }}
  {%- endif -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- if existing_relation and not flags.FULL_REFRESH -%}
    {% do log(existing_relation ~ ' is there already.', info=True) %}
    {{ return({'relations': []}) }}
  {%- endif -%}

  {%- set original = load_cached_relation(defer_relation) -%}
  {%- if not (original and original.type == 'table' and can_clone_table()) -%}
    {%- set own = 'materialization_view_' ~ adapter.type() -%}
    {{ return(context[own if own in context else 'materialization_view_default']()) }}
  {%- endif -%}

  {%- set target_relation = this.incorporate(type='table') -%}
  {% if existing_relation is not none and not existing_relation.is_table %}
    {% do log('Dropping ' ~ existing_relation.render() ~ ', a ' ~ existing_relation.type ~ ' where a table is to be.') %}
    {{ drop_relation_if_exists(existing_relation) }}
  {% endif %}
  {% if target_relation.database == defer_relation.database and target_relation.schema == defer_relation.schema
      and target_relation.identifier == defer_relation.identifier %}
    {% do log(target_relation.render() ~ ' is what the state has; it is not cloned onto itself.') %}
  {% else %}
    {% call statement('main') %}
      {{ create_or_replace_clone(target_relation, defer_relation) }}
    {% endcall %}
  {% endif %}
  {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
  {% do persist_docs(target_relation, model) %}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro can_clone_table() %}
  {{ return(adapter.dispatch('can_clone_table', 'dbt')()) }}
{% endmacro %}

{% macro default__can_clone_table() %}
  {{ return(False) }}
{% endmacro %}

{% macro create_or_replace_clone(this_relation, defer_relation) %}
  {{ return(adapter.dispatch('create_or_replace_clone', 'dbt')(this_relation, defer_relation)) }}
{% endmacro %}

{% macro default__create_or_replace_clone(this_relation, defer_relation) %}
    create or replace table {{ this_relation.render() }} clone {{ defer_relation.render() }}
{% endmacro %}
