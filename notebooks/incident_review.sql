-- %% [md]
-- # Incident review
--
-- How long from the start of an incident's impact until somebody reported it, where that is slow, and what AI tools the
-- people who respond use meanwhile. Since {{ param('start') }}.

-- %% [param] start: date = 2026-05-01

-- %% incidents                        limit=10
-- every incident of the time looked at, the newest first
select
    incident_key,
    workspace,
    severity,
    severity_rank,
    temperature,
    minutes_to_report,
    minutes_to_stabilise,
    impact_duration_minutes,
    reported_at,
    reported_month
from {{ ref('fct_ops__incidents') }}
where reported_on >= {{ param('start') }}
order by reported_at desc

-- %% [check] incidents                expect rows > 0
-- expect incident_key unique
-- expect severity not null
-- expect temperature in ('Hot', 'Cold')

-- %% [md]
-- ## How fast are incidents reported?
--
-- The ninetieth percentile: nine of ten were reported within this many minutes.

-- %% time_to_report
select
    severity,
    reported_month,
    count(*) as incidents,
    percentile_cont(0.5) within group (order by minutes_to_report)::number(18, 1) as p50_minutes,
    percentile_cont(0.9) within group (order by minutes_to_report)::number(18, 1) as p90_minutes
from {{ cell('incidents') }}
where minutes_to_report is not null
group by severity, reported_month
order by severity, reported_month

-- %% [chart] bar(cell('incidents'), x=severity, y=p90(minutes_to_report))

-- %% [chart] sparkline(cell('incidents'), x=reported_month, y=p90(minutes_to_report), by=severity)

-- %% [check] time_to_report           expect p90_minutes >= p50_minutes

-- %% [md]
-- ## Hot or cold?
--
-- Hot is what was reported within four hours.

-- %% temperature_share
select
    workspace,
    count(*) as incidents,
    div0(count_if(temperature = 'Hot'), count(*))::number(5, 3) as hot_share,
    div0(count_if(temperature = 'Cold'), count(*))::number(5, 3) as cold_share
from {{ cell('incidents') }}
group by workspace
order by workspace

-- %% [chart] bar(cell('temperature_share'), x=workspace, y=hot_share)

-- %% [check] temperature_share        expect abs(hot_share + cold_share - 1) <= 0.002

-- %% [md]
-- ## Tokens per engineer and week

-- %% tokens                           limit=10
select
    usage_week,
    engineer_key,
    team,
    total_tokens,
    daily_tokens_p50,
    daily_tokens_p95
from {{ ref('fct_ai_telemetry__weekly_eng_ai_tokens') }}
where usage_week >= {{ param('start') }}
order by total_tokens desc

-- %% [chart] line(cell('tokens'), x=usage_week, y=p50(total_tokens))

-- %% [chart] histogram(cell('tokens'), x=ln(total_tokens + 1), bins=12)

-- %% [check] tokens                   expect rows > 0
-- expect total_tokens >= 0
-- expect daily_tokens_p95 >= daily_tokens_p50

-- %% [md]
-- ## Is it trustworthy?
--
-- What this review reads, and how many tests look at it.

-- %% trust
select name, materialized, column_count, test_count
from dbt.nodes
where name in ('fct_ops__incidents', 'fct_ai_telemetry__weekly_eng_ai_tokens')
order by name

-- %% [check] trust                    expect test_count > 0
