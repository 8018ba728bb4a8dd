-- How fast each company reports its incidents, month by month: the share that is Hot, and the typical and slow cases.

select
    reported_month,
    workspace,
    count(*) as incident_count,
    {{ safe_divide("sum(iff(temperature = 'Hot', 1, 0))", 'count(*)') }}::number(18, 4) as hot_share,
    percentile_cont(0.5) within group (order by minutes_to_report)::number(18, 2) as minutes_to_report_p50,
    percentile_cont(0.95) within group (order by minutes_to_report)::number(18, 2) as minutes_to_report_p95
from {{ ref('fct_ops__incidents') }}
group by reported_month, workspace
order by reported_month, workspace
