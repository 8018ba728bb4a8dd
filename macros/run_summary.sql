{#
    Says at the end of a run what came of it, one line for each status. Sends nothing to the warehouse.
#}
{% macro run_summary(results) -%}
    {%- if execute -%}
        {%- set counts = {} -%}
        {%- for result in results -%}
            {%- set status = result.status | string -%}
            {%- do counts.update({status: counts.get(status, 0) + 1}) -%}
        {%- endfor -%}
        {%- for status, count in counts | dictsort -%}
            {%- do log('ops_performance: ' ~ count ~ ' ' ~ status, info=false) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
