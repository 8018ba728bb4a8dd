{# An external model: a file (csv, parquet, json) that DuckDB writes, and a view that reads it. #}
{% materialization external, adapter="duckdb", supported_languages=['sql', 'python'] %}
  {%- set location = render(config.get('location', default=external_location(this, config))) -%}
  {%- set options = render_write_options(config) -%}
  {%- set write_options = adapter.external_write_options(location, options) -%}
  {%- set format = dagbook__external_format(config.get('format'), options) -%}
  {%- set read_location = adapter.external_read_location(location, options) -%}
  {%- set language = model['language'] -%}

  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set temp_relation = make_intermediate_relation(this.incorporate(type='table'), suffix='__dbt_tmp') -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation, suffix='__dbt_int') -%}
  {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
  {%- set grant_config = config.get('grants') -%}

  {# left over, if a run broke off here #}
  {% for leftover in [
    load_cached_relation(intermediate_relation), load_cached_relation(temp_relation), load_cached_relation(backup_relation)
  ] %}
    {{ drop_relation_if_exists(leftover) }}
  {% endfor %}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {% call statement('create_table', language=language) -%}
    {{- create_table_as(False, temp_relation, compiled_code, language) }}
  {%- endcall %}
  {# a file of no rows would have no columns to read back: one row of nulls, which the view then leaves out #}
  {% set is_empty = run_query('select count(*) as row_count from ' ~ temp_relation)[0][0] == 0 %}
  {% set columns = get_columns_in_relation(temp_relation) if is_empty else [] %}
  {% call statement('main', language='sql') -%}
    {% if is_empty %}
    insert into {{ temp_relation }} values ({% for _ in columns %}NULL,{% endfor %})
    {% endif %}
  {%- endcall %}
  {{ write_to_file(temp_relation, location, write_options) }}
  {% call statement('main', language='sql') -%}
    {{ dagbook__external_view_sql(intermediate_relation, format, read_location, dagbook__external_read_options(format, options), columns) }}
  {%- endcall %}

  {% if existing_relation is not none %}
    {{ adapter.rename_relation(existing_relation, backup_relation) }}
  {% endif %}
  {{ adapter.rename_relation(intermediate_relation, target_relation) }}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
  {% do persist_docs(target_relation, model) %}
  {{ adapter.commit() }}

  {{ drop_relation_if_exists(backup_relation) }}
  {{ drop_relation_if_exists(temp_relation) }}
  {# `glue_register` is the older way to ask for the plugin of that name #}
  {% set plugin = 'glue|' ~ config.get('glue_database', 'default') if config.get('glue_register', default=false) else config.get('plugin') %}
  {% if plugin is not none %}
    {% do store_relation(plugin, target_relation, location, format, config) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# The configured format; else that of the written file, if DuckDB can read it back. #}
{% macro dagbook__external_format(configured, options) %}
  {% set formats = ['csv', 'parquet', 'json'] %}
  {% if configured and configured not in formats %}
    {% do exceptions.raise_compiler_error('An external model is written as one of ' ~ formats | join(', ') ~ '; not as ' ~ configured ~ '.') %}
  {% elif configured %}
    {{ return(configured) }}
  {% endif %}
  {% set written = options['format'] | lower %}
  {{ return(written if written in formats else 'parquet') }}
{% endmacro %}

{# How to read the file. The readers tell compression by the name only, and not always, so it is said where it is known. #}
{% macro dagbook__external_read_options(format, options) %}
  {% if format == 'parquet' %}
    {{ return(config.get('parquet_read_options', {'union_by_name': False})) }}
  {% endif %}
  {% set given = config.get(format ~ '_read_options', {'auto_detect': True}) %}
  {% if options.get('compression') and 'compression' not in given %}
    {{ return(dict(given, compression=options['compression'])) }}
  {% endif %}
  {{ return(given) }}
{% endmacro %}

{% macro dagbook__external_view_sql(relation, format, read_location, read_options, columns) %}
  create or replace view {{ relation }} as (
    select * from read_{{ format }}('{{ read_location }}'
    {%- for name, value in read_options.items() -%}
      , {{ name }}={{ "'" ~ value ~ "'" if value is string else value }}
    {%- endfor -%}
    )
    {% if columns %}
    where 1{% for column in columns %} AND "{{ column.column }}" is not NULL{% endfor %}
    {% endif %}
  );
{% endmacro %}
