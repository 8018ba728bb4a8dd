{#
    The incident workspaces, one for each company of the group. The one place that lists them: a fourth company is a
    fourth name here, its sources, and its staging model.
#}
{% macro incident_workspaces() -%}
    {{ return(['companya', 'companyb', 'companyc']) }}
{%- endmacro %}


{# The roles that staging lays out as columns: the name in the vendor's data, and the column it becomes. #}
{% macro incident_roles() -%}
    {{ return({
        'Incident Lead': 'lead',
        'Communications Lead': 'communications_lead',
        'Scribe': 'scribe',
    }) }}
{%- endmacro %}


{# The milestones of an incident, in the order in which they should happen. Each is a column `<milestone>_at`. #}
{% macro incident_milestones() -%}
    {{ return(['impact_started', 'detected', 'reported', 'stabilised', 'fixed', 'closed']) }}
{%- endmacro %}
