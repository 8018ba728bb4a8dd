[any_value]<arbitrary(a)>
[array_append]<array_append(arr, x)>
[array_concat]<array_cat(a, b)>
[array_construct]<
    array[ 1 , 2 ]
    >
[bool_or]<bool_or(a)>
[cast]<
    cast(a as date)
>
[cast_bool_to_text]<
  
    cast(a as TEXT)

>
[concat]<a || b || c>
[date]<make_date(2024, 2, 29)>
[date_trunc]<date_trunc('day', d)>
[dateadd]<

    (d + cast(3 as bigint) * interval 1 day)>
[datediff]<
        (date_diff('day', a::timestamp, b::timestamp ))
    >
[equals]<(a = b)
>
[escape_single_quotes]<it''s>
[except]<

    except

>
[intersect]<

    intersect

>
[hash]<md5(cast(a as TEXT))>
[last_day]<cast(
        

    (

    (date_trunc('month', d) + cast(1 as bigint) * interval 1 month) + cast(-1 as bigint) * interval 1 day)
        as date)>
[length]<

    length(
        a
    )>
[position]<

    position(
        a in b
    )>
[replace]<

    replace(
        a,
        'x',
        'y'
    )


>
[right]<

    right(
        a,
        3
    )>
[safe_cast]<
    
    cast(a as int)
>
[split_part]<
    string_split(a, ',')[ 2 ]
>
[string_literal]<'a'>
[type_string]<TEXT>
[type_numeric]<numeric(28,6)>
[type_bigint]<bigint>
[current_timestamp]<now()>
[snapshot_get_time]<now()::timestamp>
[generate_series]<
    select
        generate_series as generated_number
    from generate_series(1, 1)
>
[get_powers_of_two]<4>
[_split_part_negative]<

    split_part(
        a,
        ',',
          length(a)
          - length(
              replace(a,  ',', '')
          ) + 2 + -1
        )

>
[default_last_day]<cast(
        

    (

    (date_trunc('day', d) + cast(1 as bigint) * interval 1 day) + cast(-1 as bigint) * interval 1 day)
        as date)>
[snapshot_hash_arguments]<md5(coalesce(cast(a as varchar ), '')
         || '|' || coalesce(cast(b as varchar ), '')
        )>
[get_limit_subquery_sql]<
  select 1
  
  limit 5>
[get_show_sql]<
  
  select 1
  
  limit 5
>
[snapshot_string_as_time]<'2024-01-01'::timestamp>
[default__type_numeric]<numeric(28,6)>
[default__safe_cast]<
    
    cast(a as b)
>
[default__right]<

    right(
        a,
        1
    )>
[default__equals]<(a = b)
>
[default__escape_single_quotes]<a''b>
[default__array_construct]<
    array[]::int[]
    >
[default__current_timestamp_backcompat]<
    current_timestamp::timestamp
>
[default__dateadd]<

    dateadd(
        day,
        1,
        x
        )

>
[default__datediff]<datediff(
        day,
        a,
        b
        )>
[default__split_part]<

    split_part(
        a,
        b,
        1
        )

>
[default__listagg]<array_to_string(
        array_slice(
            array_agg(
                m
            )within group (order by x)
            ,0
            ,3
        ),
        ,
        )>
[default__generate_series]<

    

    with p as (
        select 0 as generated_number union all select 1
    ), unioned as (

    select

    
    p0.generated_number * power(2, 0)
     + 
    
    p1.generated_number * power(2, 1)
     + 
    
    p2.generated_number * power(2, 2)
     + 
    
    p3.generated_number * power(2, 3)
    
    
    + 1
    as generated_number

    from

    
    p as p0
     cross join 
    
    p as p1
     cross join 
    
    p as p2
     cross join 
    
    p as p3
    
    

    )

    select *
    from unioned
    where generated_number <= 10
    order by generated_number

>
[default__last_day]<cast(
        

    (

    (date_trunc('quarter', d) + (cast(1 as bigint) * 3) * interval 1 month) + cast(-1 as bigint) * interval 1 day)
        as date)>
[default__date]<to_date('2024-01-31', 'YYYY-MM-DD')>
[listagg]<
    string_agg(
        m,
        ','
        
        )>
[listagg]<
    string_agg(
        m,
        ','
        order by x
        )>
[listagg]<list_aggr(
        (array_agg(
            m
            order by x
        ))[1:3],
        'string_agg',
        ','
        )>
[listagg]<list_aggr(
        (array_agg(
            m
            
        ))[1:3],
        'string_agg',
        ','
        )>
[generate_series]<
    select
        generate_series as generated_number
    from generate_series(1, 10)
>
[datediff]<
            (
        (date_diff('day', a::timestamp, b::timestamp ))
     // 7 + case
            when date_part('dow', (a)::timestamp) <= date_part('dow', (b)::timestamp) then
                case when a <= b then 0 else -1 end
            else
                case when a <= b then 1 else 0 end
        end)
    >
[dateadd]<

    (d + (cast(3 as bigint) * 3) * interval 1 month)>
[dateadd]<

    (d + (cast(3 as bigint) * 7) * interval 1 day)>
[last_day]<-- duckdb dateadd does not support quarter interval.
    cast(
        

    (

    (date_trunc('quarter', d) + cast(3 as bigint) * interval 1 month) + cast(-1 as bigint) * interval 1 day)
        as date)>
[cast]<
    cast(a as geography)
>
[safe_cast]<
    
    cast(a as geometry)
>
[safe_cast]<
    
    cast(a as variant)
>
[safe_cast]<
    
    cast(5 as int)
>
[safe_cast]<
    
    cast(a as Geography)
>
[get_limit_subquery_sql]<
  select 1
  >
