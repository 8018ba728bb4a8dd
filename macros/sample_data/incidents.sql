{#
    What differs between the incident workspaces: how many incidents, what the vendor's time columns are called there
    (none: that workspace never configured it), and how it names severities.
#}
{% macro sample_workspace_settings() -%}
    {{ return({
        'companya': {
            'salt': 400, 'incidents': 3300, 'prefix': 'INC', 'severities': ['SEV1', 'SEV2', 'SEV3', 'SEV4'],
            'times': {
                'impact_started_at': 'impact_start', 'detected_at': 'detected_at', 'reported_at': 'reported_at',
                'stabilised_at': 'stabilised_at', 'fixed_at': 'fixed_at', 'closed_at': 'closed_at',
            },
        },
        'companyb': {
            'salt': 500, 'incidents': 1850, 'prefix': 'B', 'severities': ['Critical', 'Major', 'Minor', 'Low'],
            'times': {
                'impact_started_at': 'impact_started_at', 'detected_at': 'identified_at', 'reported_at': 'reported_at',
                'stabilised_at': 'stabilised_at', 'fixed_at': 'fixed_at', 'closed_at': 'closed_at',
            },
        },
        'companyc': {
            'salt': 600, 'incidents': 900, 'prefix': 'OPS', 'severities': ['P1', 'P2', 'P3', 'P4'],
            'times': {
                'impact_started_at': 'impact_started_at', 'detected_at': 'detected_at', 'reported_at': 'reported_at',
                'stabilised_at': 'stabilised_at', 'fixed_at': none, 'closed_at': 'closed_at',
            },
        },
    }) }}
{%- endmacro %}


{# All three tables of every workspace. #}
{% macro sample_incidents(load) -%}
    {%- for workspace in incident_workspaces() -%}
        {%- set settings = sample_workspace_settings()[workspace] -%}
        {%- do sample_incident(load, workspace, settings) -%}
        {%- do sample_incident_times(load, workspace, settings) -%}
        {%- do sample_incident_roles(load, workspace, settings) -%}
    {%- endfor -%}
{%- endmacro %}


{% macro sample_incident_id(workspace, incident='n') -%}
    '{{ workspace }}-' || lpad(({{ incident }})::varchar, 6, '0')
{%- endmacro %}


{#
    The facts that the three tables of a workspace share, as CTEs that end in `incidents`: which incident, its day, and
    its times in seconds from the start of the impact. `known_seconds` is how far the load can see,
    up to the end of its last day: an incident of the last days may be open still, or not yet reported at all; the second load knows more.

    Four in five are reported within four hours, some at the very limit and some a second past it; the rest hours or
    days later.
#}
{% macro sample_incident_facts(load, settings) -%}
    {%- set salt = settings.salt -%}
numbers as (
    {{ sample_numbers(sample_rows_until(load, settings.incidents)) }}
),

drawn as (
    select
        n,
        {{ sample_day_number(settings.incidents) }} as day_number,
        {{ sample_draw(salt + 1, 86400) }} as second_of_day,
        {{ sample_skewed(salt + 2, 5400) }} as detect_seconds,
        {{ sample_draw(salt + 3, 1000) }} as report_draw,
        {{ sample_skewed(salt + 4, 14000) }} as quick_report_seconds,
        {{ sample_skewed(salt + 5, 259200) }} as slow_report_seconds,
        -- as a rule within hours; one in 14 drags on for days
        {{ sample_skewed(salt + 6, 28800) }} + iff(mod(n, 14) = 3, {{ sample_draw(salt + 9, 600000) }}, 0) as stabilise_seconds,
        {{ sample_skewed(salt + 7, 172800) }} as fix_seconds,
        {{ sample_skewed(salt + 8, 864000) }} as close_seconds,
        {{ sample_draw(salt + 10, 100) }} as severity_draw,
        {{ sample_skewed(salt + 11, sample_service_names() | length) }} as service,
        {{ sample_draw(salt + 12, 100) }} as breadth_draw,
        {{ sample_skewed(salt + 13, sample_engineer_count()) }} as lead_engineer
    from numbers
),

timed as (
    select
        *,
        case
            when mod(n, 251) = 9 then {{ var('hot_within_minutes') * 60 }}
            when mod(n, 251) = 10 then {{ var('hot_within_minutes') * 60 + 1 }}
            when report_draw < 800 then 120 + quick_report_seconds
            else 14460 + slow_report_seconds
        end as report_seconds,
        {{ sample_days_until(load) * 86400 }} - day_number * 86400 - second_of_day as known_seconds
    from drawn
),

incidents as (
    select
        *,
        report_seconds + 300 + stabilise_seconds as stabilised_after,
        report_seconds + 300 + stabilise_seconds + fix_seconds as fixed_after,
        report_seconds + 300 + stabilise_seconds + fix_seconds + close_seconds as closed_after
    from timed
    where report_seconds < known_seconds
)
{%- endmacro %}


{# The moment so many seconds after the start of the impact, or null if the load is too early to know of it. #}
{% macro sample_milestone(seconds) -%}
    iff({{ seconds }} < known_seconds, {{ sample_moment('day_number', 'second_of_day + ' ~ seconds) }}, null)
{%- endmacro %}


{# incident: one row each, with some copies that an interrupted sync left behind, drills, and soft deletes. #}
{% macro sample_incident(load, workspace, settings) -%}
    {%- set services = sample_service_names() | length -%}
    {% call sample_table('incident_io__' ~ workspace, 'incident') %}
with {{ sample_incident_facts(load, settings) }},

described as (
    select
        *,
        {% if load > 1 -%}
        -- looked at again: the severity of a few was put too high
        iff(mod(n, 173) = 3 and day_number >= 400, 3,
            case when severity_draw < 6 then 0 when severity_draw < 26 then 1 when severity_draw < 68 then 2 else 3 end
        ) as severity_number,
        mod(n, 67) = 5 or (mod(n, 211) = 8 and day_number >= 500) as is_deleted,
        {%- else -%}
        case when severity_draw < 6 then 0 when severity_draw < 26 then 1 when severity_draw < 68 then 2 else 3 end
            as severity_number,
        mod(n, 67) = 5 as is_deleted,
        {%- endif %}
        mod(service + 1 + mod(n, 5), {{ services }}) as second_service,
        mod(service + 7 + mod(n, 3), {{ services }}) as third_service
    from incidents
),

listed as (
    select
        *,
        '{"service_id": "' || {{ sample_service_id('service') }} || '", "impact": "'
            || iff(severity_number < 2, 'outage', 'degraded') || '"}' as first_entry,
        '{"service_id": "' || {{ sample_service_id('second_service') }} || '", "impact": "degraded"}' as second_entry,
        '{"service_id": "' || {{ sample_service_id('third_service') }} || '", "impact": "none"}' as third_entry
    from described
),

versions as (
    select *, 0 as version from listed
    union all
    select *, 1 as version from listed where mod(n, 89) = 20
)

select
    {{ sample_incident_id(workspace) }} as id,
    '{{ settings.prefix }}-' || (n + 1)::varchar as reference,
    {{ sample_word(
        ['Elevated error rate in', 'Slow responses from', 'Stale data in', 'Failed deployment of', 'Queue backlog in', 'Certificate problem in'],
        'mod(n * 7 + severity_draw, 6)'
    ) }} || ' ' || {{ sample_word(sample_service_names(), 'service') }} as name,
    {{ sample_word(settings.severities, 'severity_number') }} as severity_name,
    case
        when version = 1 then 'live'
        when stabilised_after >= known_seconds then 'live'
        when closed_after >= known_seconds then 'learning'
        when mod(n, 41) = 12 then 'declined'
        else 'closed'
    end as status_category,
    case when mod(n, 59) = 30 then 'drill' else {{ sample_word(['production', 'security', 'data', 'vendor'], 'mod(n * n, 4)') }} end
        as incident_type,
    case when mod(n, 13) = 6 then 'private' else 'public' end as visibility,
    case
        when breadth_draw < 3 then null
        when breadth_draw < 5 then parse_json('[]')
        when breadth_draw < 60 then parse_json('[' || first_entry || ']')
        {% if load > 1 -%}
        -- looked at again: the last service on some lists was never affected
        when mod(n, 151) = 60 then parse_json('[' || first_entry || ']')
        {% endif -%}
        when breadth_draw < 88 then parse_json('[' || first_entry || ', ' || second_entry || ']')
        else parse_json('[' || first_entry || ', ' || second_entry || ', ' || third_entry || ', ' || second_entry || ']')
    end as affected_services,
    {{ sample_moment('day_number', 'second_of_day + report_seconds') }} as created_at,
    case
        when version = 1 then {{ sample_moment('day_number', 'second_of_day + report_seconds') }}
        else coalesce(
            {{ sample_milestone('closed_after') }},
            {{ sample_milestone('stabilised_after') }},
            {{ sample_milestone('report_seconds') }}
        )
    end as updated_at,
    is_deleted as _fivetran_deleted,
    {{ sample_loaded_at('n + version * 40') }} as _fivetran_synced
from versions
    {% endcall %}
{%- endmacro %}


{#
    incident_times: one wide row an incident. Missing where nobody filled them in, and out of order on a few where
    somebody filled them in wrongly.
#}
{% macro sample_incident_times(load, workspace, settings) -%}
    {%- set times = settings.times -%}
    {% call sample_table('incident_io__' ~ workspace, 'incident_times') %}
with {{ sample_incident_facts(load, settings) }}

select
    {{ sample_incident_id(workspace) }} as incident_id,
    iff(
        mod(n, 37) = 14,
        null,
        {{ sample_moment('day_number', 'second_of_day' ~ (' - iff(mod(n, 307) = 2, 1800, 0)' if load > 1 else '')) }}
    ) as {{ times.impact_started_at }},
    case
        when mod(n, 19) = 7 then null
        when mod(n, 331) = 5 then {{ sample_moment('day_number', 'second_of_day - 600') }}
        else {{ sample_moment('day_number', 'second_of_day + iff(detect_seconds < report_seconds, detect_seconds, report_seconds)') }}
    end as {{ times.detected_at }},
    {{ sample_moment('day_number', 'second_of_day + report_seconds') }} as {{ times.reported_at }},
    {{ sample_milestone('stabilised_after') }} as {{ times.stabilised_at }},
    {% if times.fixed_at is not none -%}
    iff(mod(n, 11) = 4, null, {{ sample_milestone('fixed_after') }}) as {{ times.fixed_at }},
    {% endif -%}
    {{ sample_milestone('closed_after') }} as {{ times.closed_at }},
    false as _fivetran_deleted,
    {{ sample_loaded_at() }} as _fivetran_synced
from incidents
    {% endcall %}
{%- endmacro %}


{# roles: who did what. A lead that was relieved leaves an older row; a role given by mistake is soft deleted. #}
{% macro sample_incident_roles(load, workspace, settings) -%}
    {% call sample_table('incident_io__' ~ workspace, 'roles') %}
with {{ sample_incident_facts(load, settings) }},

positions as (
    {% for role in incident_roles() -%}
    select {{ loop.index0 }} as role_number, '{{ role }}' as role_name, 0 as handover
    union all
    {% endfor -%}
    select 0 as role_number, 'Incident Lead' as role_name, 1 as handover
),

assigned as (
    select
        incidents.n,
        incidents.day_number,
        incidents.second_of_day,
        incidents.report_seconds,
        positions.role_number,
        positions.role_name,
        positions.handover,
        mod(incidents.lead_engineer + positions.role_number * 29 + positions.handover * 61, {{ sample_engineer_count() }})
            as engineer,
        incidents.n * 4 + positions.role_number + positions.handover * 3 as role_key
    from incidents
    cross join positions
)

select
    '{{ workspace }}-role-' || lpad(role_key::varchar, 7, '0') as id,
    {{ sample_incident_id(workspace) }} as incident_id,
    role_name,
    {{ sample_full_name('engineer') }} as assignee_name,
    {{ sample_reported_email(sample_email('engineer'), 'mod(role_key * 7919, 1000)') }} as assignee_email,
    {{ sample_moment('day_number', 'second_of_day + report_seconds + 60 + role_number * 300 + handover * 5400') }} as assigned_at,
    mod(role_key, 113) = 50 as _fivetran_deleted,
    {{ sample_loaded_at('role_key') }} as _fivetran_synced
from assigned
where
    (role_number = 0 and handover = 0 and mod(n, 29) <> 3)
    or (handover = 1 and mod(n, 17) = 2)
    or (role_number = 1 and mod(n, 5) < 3)
    or (role_number = 2 and mod(n, 10) < 3)
    {% endcall %}
{%- endmacro %}
