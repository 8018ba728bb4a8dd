{#
    Names the warehouse for a model: the small one for an incremental run, the large one when all of it is rebuilt.

    The names come from the variable `warehouses`. This is read while parsing, when only the flag is known, so the very
    first build of a model runs on the small warehouse unless --full-refresh asks for the large one.
    On the embedded warehouse the name is shown in the plan and has no other effect.
#}
{% macro dynamic_warehouse() -%}
    {%- set size = 'large' if flags.FULL_REFRESH else 'small' -%}
    {{ return(var('warehouses')[size]) }}
{%- endmacro %}
