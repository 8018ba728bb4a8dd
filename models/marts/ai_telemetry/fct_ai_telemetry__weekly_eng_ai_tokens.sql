{{
    config(
        cluster_by=['usage_week'],
        snowflake_warehouse=dynamic_warehouse()
    )
}}

with tool_daily as (
    select * from {{ ref('fct_ai_telemetry__tool_daily_metrics') }}
),

engineers as (
    select * from {{ ref('dim_people__engineers') }}
),

-- a person's day over all tools: what the percentiles are taken of
engineer_daily as (
    select
        engineer_key,
        usage_week,
        usage_date,
        sum(total_tokens) as total_tokens,
        sum(estimated_tokens) as estimated_tokens,
        sum(request_count) as request_count
    from tool_daily
    group by engineer_key, usage_week, usage_date
),

weekly as (
    select
        engineer_key,
        usage_week,
        count(*) as active_days,
        sum(request_count) as request_count,
        sum(total_tokens) as total_tokens,
        sum(estimated_tokens) as estimated_tokens,
        max(total_tokens) as busiest_day_tokens,
        percentile_cont(0.5) within group (order by total_tokens) as daily_tokens_p50,
        percentile_cont(0.75) within group (order by total_tokens) as daily_tokens_p75,
        percentile_cont(0.95) within group (order by total_tokens) as daily_tokens_p95
    from engineer_daily
    group by engineer_key, usage_week
),

tools as (
    select
        engineer_key,
        usage_week,
        count(distinct tool) as tool_count,
        listagg(distinct tool, ', ') within group (order by tool) as tools_used
    from tool_daily
    group by engineer_key, usage_week
),

joined as (
    select
        weekly.*,
        tools.tool_count,
        tools.tools_used,
        -- today's team, in every week: the directory keeps no history
        coalesce(engineers.team, 'unknown') as team
    from weekly
    inner join tools
        on
            weekly.engineer_key = tools.engineer_key
            and weekly.usage_week = tools.usage_week
    left join engineers
        on weekly.engineer_key = engineers.engineer_key
),

final as (
    select
        -- -------- ids
        {{ surrogate_key(['engineer_key', 'usage_week']) }} as engineer_week_key,
        engineer_key,

        -- -------- attributes
        team,
        tools_used::varchar as tools_used,

        -- -------- measures
        active_days::integer as active_days,
        tool_count::integer as tool_count,
        request_count::integer as request_count,
        total_tokens::number(38, 0) as total_tokens,
        busiest_day_tokens::number(38, 0) as busiest_day_tokens,
        daily_tokens_p50::number(38, 2) as daily_tokens_p50,
        daily_tokens_p75::number(38, 2) as daily_tokens_p75,
        daily_tokens_p95::number(38, 2) as daily_tokens_p95,
        {{ safe_divide('estimated_tokens', 'total_tokens') }}::number(18, 4) as estimated_token_share,
        rank() over (
            partition by usage_week, team
            order by total_tokens desc
        )::integer as rank_in_team,

        -- -------- timestamps
        usage_week
    from joined
)

select * from final
