{# Relations beside a relation: where a new one is staged, and where an old one waits to be dropped. #}

{% macro make_intermediate_relation(base_relation, suffix='__dbt_tmp') %}
  {{ return(adapter.dispatch('make_intermediate_relation', 'dbt')(base_relation, suffix)) }}
{% endmacro %}

{# Staged in the same schema even where temporary relations live elsewhere: it will be renamed. #}
{% macro default__make_intermediate_relation(base_relation, suffix) %}
  {{ return(default__make_temp_relation(base_relation, suffix)) }}
{% endmacro %}

{# Batches of one model run side by side, so each has a name of its own. #}
{% macro make_temp_relation(base_relation, suffix='__dbt_tmp') %}
  {% set is_batch = suffix == '__dbt_tmp' and model.batch %}
  {% set name = suffix ~ '_' ~ model.batch.id if is_batch else suffix %}
  {{ return(adapter.dispatch('make_temp_relation', 'dbt')(base_relation, name)) }}
{% endmacro %}

{% macro default__make_temp_relation(base_relation, suffix) %}
  {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix})) }}
{% endmacro %}

{# Of the type of what it backs up, which may not be the type of what replaces it. #}
{% macro make_backup_relation(base_relation, backup_relation_type, suffix='__dbt_backup') %}
  {{ return(adapter.dispatch('make_backup_relation', 'dbt')(base_relation, backup_relation_type, suffix)) }}
{% endmacro %}

{% macro default__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {% set path = {'identifier': base_relation.identifier ~ suffix} %}
  {{ return(base_relation.incorporate(path=path, type=backup_relation_type)) }}
{% endmacro %}
