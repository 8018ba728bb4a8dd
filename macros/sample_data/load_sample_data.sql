{#
    Makes the raw data of this project: every table of the raw database, the same rows on every warehouse.

    load=1  18 months of business, up to the variable `sample_data_end`
    load=2  the same and the week after it: new rows, late ones, corrected telemetry, incidents that moved on,
            services that changed hands, products with new prices

    Every table is replaced, so a load can be repeated, and load=1 goes back to the first state. Business dates are
    fixed; only the columns that say when a row was loaded follow the clock, so that freshness means something.

    usage: run-operation load_sample_data --args '{load: 1}'
#}
{% macro load_sample_data(load=1) -%}
    {%- if load not in [1, 2] -%}
        {{ exceptions.raise_compiler_error("load_sample_data knows load 1 and load 2, not '" ~ load ~ "'.") }}
    {%- endif -%}

    {%- do run_query('create database if not exists ' ~ var('raw_database')) -%}
    {%- set schemas = ['people', 'service_catalog', 'monitoring', 'ecommerce', 'ai_telemetry'] -%}
    {%- for workspace in incident_workspaces() -%}
        {%- do schemas.append('incident_io__' ~ workspace) -%}
    {%- endfor -%}
    {%- for schema_name in schemas -%}
        {%- do run_query('create schema if not exists ' ~ var('raw_database') ~ '.' ~ schema_name) -%}
    {%- endfor -%}

    {%- do sample_people(load) -%}
    {%- do sample_service_catalog(load) -%}
    {%- do sample_monitoring(load) -%}
    {%- do sample_ecommerce(load) -%}
    {%- do sample_incidents(load) -%}
    {%- do sample_ai_gateways(load) -%}
    {%- do sample_ai_assistants(load) -%}
    {%- do sample_ai_ides(load) -%}
    {%- do log('sample data: load ' ~ load ~ ' is complete', info=true) -%}
{%- endmacro %}


{#
    Makes one raw table of the query that it is called with, and says how many rows it holds.
#}
{% macro sample_table(schema_name, table_name) -%}
    {%- set relation = [var('raw_database'), schema_name, table_name] | join('.') -%}
    {%- do run_query('create or replace table ' ~ relation ~ ' as\n' ~ caller()) -%}
    {%- if execute -%}
        {%- set counted = run_query('select count(*) as row_count from ' ~ relation) -%}
        {%- do log('sample data: ' ~ relation ~ ', ' ~ counted.rows[0][0] ~ ' rows', info=true) -%}
    {%- endif -%}
{%- endmacro %}
