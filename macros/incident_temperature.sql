{#
    Hot when the incident was reported within `hot_within_minutes` of its impact, else Cold.

    The limit itself is Hot. Cold also holds what was never measured: nobody can say that it was quick.
#}
{% macro incident_temperature(minutes_to_report) -%}
    iff({{ minutes_to_report }} <= {{ var('hot_within_minutes') }}, 'Hot', 'Cold')::varchar(4)
{%- endmacro %}
