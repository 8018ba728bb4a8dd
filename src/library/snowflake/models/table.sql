{# A table, in one statement where Snowflake can replace what is there. #}
{% materialization table, adapter='snowflake', supported_languages=['sql', 'python'] %}
  {% set original_query_tag = set_query_tag() %}
  {%- set language = model['language'] -%}
  {%- set existing_relation = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
  {%- set target_relation = api.Relation.create(
    database=database, schema=schema, identifier=model['alias'], type='table',
    table_format=adapter.build_catalog_relation(config.model).table_format
  ) -%}

  {{ run_hooks(pre_hooks) }}
  {% if target_relation.needs_to_drop(existing_relation) %}
    {{ drop_relation_if_exists(existing_relation) }}
  {% endif %}
  {% call statement('main', language=language) -%}
    {{ create_table_as(False, target_relation, compiled_code, language) }}
  {%- endcall %}
  {{ run_hooks(post_hooks) }}

  {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
  {% do persist_docs(target_relation, model) %}
  {% do unset_query_tag(original_query_tag) %}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
