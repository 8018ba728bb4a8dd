{#
    People by number; every domain draws from the same ones: 400 engineers from 0, then 20 contractors, whom no directory
    knows, then eight engineers who join in the second load.
#}
{% macro sample_engineer_count() -%}
    {{ return(400) }}
{%- endmacro %}


{# Engineers and contractors: everybody who uses the tools. #}
{% macro sample_people_count() -%}
    {{ return(sample_engineer_count() + 20) }}
{%- endmacro %}


{# The first number of those who join in the second load, and the number after the last one. #}
{% macro sample_joiners() -%}
    {{ return([sample_people_count(), sample_people_count() + 8]) }}
{%- endmacro %}


{% macro sample_first_name(person) -%}
    {{ sample_word([
        'Amara', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Greta', 'Hiro', 'Ines', 'Jonas',
        'Kavya', 'Lucien', 'Mirela', 'Nadim', 'Oriane', 'Pavel', 'Quentin', 'Rosa', 'Soren', 'Tamar',
    ], 'mod(' ~ person ~ ', 20)') }}
{%- endmacro %}


{% macro sample_last_name(person) -%}
    {{ sample_word([
        'Abara', 'Bergmann', 'Castell', 'Dragan', 'Eriksen', 'Fontaine', 'Galea', 'Haddad', 'Ivanov', 'Jansen',
        'Kimura', 'Lindqvist', 'Moreau', 'Nakano', 'Okafor', 'Petrov', 'Quispe', 'Rahimi', 'Silva', 'Tanaka', 'Ueda', 'Varga',
    ], sample_whole(person, 20)) }}
{%- endmacro %}


{% macro sample_full_name(person) -%}
    {{ sample_first_name(person) }} || ' ' || {{ sample_last_name(person) }}
{%- endmacro %}


{# The address of a person, tidily. Contractors keep that of their own company. #}
{% macro sample_email(person) -%}
    lower({{ sample_first_name(person) }} || '.' || {{ sample_last_name(person) }})
        || iff(
            {{ person }} >= {{ sample_engineer_count() }} and {{ person }} < {{ sample_people_count() }},
            '@contractors.example.org',
            '@example.com'
        )
{%- endmacro %}


{#
    The same address as tools report it, by a draw from 0 to 999: shouted, padded, tagged, on an old domain, or missing
    because a service account was at work.
#}
{% macro sample_reported_email(email, draw) -%}
    case
        when {{ draw }} < 70 then upper({{ email }})
        when {{ draw }} < 85 then ' ' || {{ email }} || ' '
        when {{ draw }} < 105 then replace({{ email }}, '@', '+ai@')
        when {{ draw }} < 140 then replace({{ email }}, '@example.com', '@legacy.example.com')
        when {{ draw }} < 148 then null
        else {{ email }}
    end::varchar
{%- endmacro %}


{# The directory of engineers. In the second load some change teams, one in 80 leaves, and eight join. #}
{% macro sample_people(load) -%}
    {%- set teams = [
        'checkout', 'payments', 'search', 'catalogue', 'identity', 'platform',
        'data', 'mobile', 'logistics', 'growth', 'security', 'internal tools',
    ] -%}
    {% call sample_table('people', 'engineers') %}
with numbers as (
    {{ sample_numbers(sample_joiners()[1]) }}
),

drawn as (
    select
        n,
        {{ sample_skewed(101, teams | length) }} as team_number,
        {{ sample_draw(102, 100) }} as seniority_draw,
        {{ sample_draw(103, 2400) }} as days_employed,
        {{ sample_draw(104, 1000) }} as leaver_draw,
        {{ sample_draw(105, 4) }} as country_number
    from numbers
)

select
    'eng-' || lpad(n::varchar, 4, '0') as engineer_id,
    {{ sample_full_name('n') }} as full_name,
    {{ sample_email('n') }} as email,
    {{ sample_word(teams, 'mod(team_number + ' ~ ('iff(mod(n, 37) = 5, 1, 0)' if load > 1 else '0') ~ ', ' ~ teams | length ~ ')') }} as team,
    {{ sample_word(['backend', 'frontend', 'mobile', 'data', 'reliability'], 'mod(n, 5)') }} as discipline,
    case
        when seniority_draw < 8 then 'principal'
        when seniority_draw < 40 then 'senior'
        when seniority_draw < 80 then 'engineer'
        else 'junior'
    end as seniority,
    {{ sample_word(['DE', 'PT', 'FR', 'SE'], 'country_number') }} as country_code,
    iff(
        n >= {{ sample_joiners()[0] }},
        {{ sample_date(sample_days() + 1) }},
        {{ sample_date(sample_days() ~ ' - days_employed') }}
    ) as started_on,
    case
        when leaver_draw < 45 and days_employed > 200 then {{ sample_date(sample_days() ~ ' - leaver_draw') }}
        {% if load > 1 -%}
        when mod(n, 80) = 41 then {{ sample_date(sample_days() + 2) }}
        {% endif -%}
    end::date as left_on,
    {{ sample_loaded_at() }} as _loaded_at
from drawn
where
    n < {{ sample_engineer_count() }}
    {%- if load > 1 %}
    or n >= {{ sample_joiners()[0] }}
    {%- endif %}
    {% endcall %}
{%- endmacro %}
