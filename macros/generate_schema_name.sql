{#
    Where a node lands: prod writes to the shared schema as it is configured, everybody else to their own copy of it.

    prod   schema: ops   ->  ops
    else   schema: ops   ->  <target.schema>_ops
    any    no schema     ->  <target.schema>
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%}
        {{ target.schema | trim }}
    {%- elif target.name == 'prod' -%}
        {{ custom_schema_name | trim }}
    {%- else -%}
        {{ target.schema | trim }}_{{ custom_schema_name | trim }}
    {%- endif -%}
{%- endmacro %}
