{# Files that DuckDB writes and reads back. #}

{% macro location_exists(location) -%}
  {% do return(adapter.location_exists(location)) %}
{%- endmacro %}

{% macro write_to_file(relation, location, options) -%}
  {% call statement('write_to_file') -%}
    copy {{ relation }} to '{{ location }}' ({{ options }})
  {%- endcall %}
{%- endmacro %}

{# Tells a plugin where the relation's data lies. #}
{% macro store_relation(plugin, relation, location, format, config) -%}
  {% do adapter.store_relation(plugin, relation, adapter.get_columns_in_relation(relation), location, format, config) %}
{%- endmacro %}

{# Under the root of the profile, by the relation's name; partitioned data is a folder. #}
{% macro external_location(relation, config) -%}
  {%- set is_folder = config.get('options', {}).get('partition_by') is not none -%}
  {{- adapter.external_root() }}/{{ relation.identifier }}{{ '.' ~ config.get('format', 'parquet') if not is_folder -}}
{%- endmacro %}

{# The options of a copy. Values may be Jinja; `format` and `delimiter` may also stand beside `options`. #}
{% macro render_write_options(config) -%}
  {% set options = config.get('options', {}) %}
  {% if options is not mapping %}
    {% do exceptions.raise_compiler_error('`options` of an external model is a dict of copy options, not: ' ~ options) %}
  {% endif %}
  {% for name in options %}
    {% do options.update({name: render(options[name])}) %}
  {% endfor %}
  {% for name in ['format', 'delimiter'] if config.get(name) %}
    {% do options.update({name: render(config.get(name))}) %}
  {% endfor %}
  {% do return(options) %}
{%- endmacro %}

{# For on-run-start: views over the files of external models that this run reads but does not make. #}
{% macro register_upstream_external_models() -%}
  {% if not execute %}
    {{ return('') }}
  {% endif %}
  {% set seen, schemas = [], [] %}
  {% for id in selected_resources if id in graph['nodes'] %}
    {% for upstream_id in graph['nodes'][id]['depends_on']['nodes'] if upstream_id not in seen and upstream_id not in selected_resources %}
      {% do seen.append(upstream_id) %}
      {% set upstream = graph['nodes'].get(upstream_id) %}
      {% if upstream and upstream.resource_type in ('model', 'seed') and upstream.config.materialized == 'external' %}
        {% set relation = api.Relation.create(database=upstream['database'], schema=upstream['schema'], identifier=upstream['alias']) %}
        {% set location = upstream.config.get('location', external_location(relation, upstream.config)) %}
        {% set files = adapter.external_read_location(location, render_write_options(upstream.config)) %}
        {% if relation.schema not in schemas %}
          {% call statement('main', language='sql') -%}
            create schema if not exists {{ relation.without_identifier() }}
          {%- endcall %}
          {% do schemas.append(relation.schema) %}
        {% endif %}
        {% call statement('main', language='sql') -%}
          create or replace view {{ relation }} as (
            select * from '{{ files }}'
          );
        {%- endcall %}
      {% endif %}
    {% endfor %}
  {% endfor %}
  {% if schemas %}
    {% do adapter.commit() %}
  {% endif %}
{%- endmacro %}

{# What a MotherDuck Flight for a Python model is called; for projects to override, as names are one to a user. #}
{% macro flight_name(parsed_model) -%}
  {{ return(adapter.dispatch('flight_name', 'dbt')(parsed_model)) }}
{%- endmacro %}

{% macro default__flight_name(parsed_model) -%}
  {{ return(duckdb__flight_name(parsed_model)) }}
{%- endmacro %}

{% macro duckdb__flight_name(parsed_model) -%}
  {%- set identifier = parsed_model.get('alias') or parsed_model.get('name') -%}
  {%- set parts = ['dbt', parsed_model.get('package_name'), parsed_model.get('database'), parsed_model.get('schema'), identifier] -%}
  {{ return(parts | select | join('-')) }}
{%- endmacro %}
