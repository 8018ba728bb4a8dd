[any_value]<any_value(a)>
[array_append]<array_append(arr, x)>
[array_concat]<array_cat(a, b)>
[array_construct]<array_construct( 1 , 2 )>
[bool_or]<boolor_agg(a)>
[cast]<
    cast(a as date)
    >
[cast_bool_to_text]<
  
    cast(a as TEXT)

>
[concat]<a || b || c>
[date]<to_date('2024-02-29', 'YYYY-MM-DD')>
[date_trunc]<date_trunc('day', d)>
[dateadd]<

    dateadd(
        day,
        3,
        d
        )

>
[datediff]<datediff(
        day,
        a,
        b
        )>
[equals]<(a = b)>
[escape_single_quotes]<it\'s>
[except]<

    except

>
[intersect]<

    intersect

>
[hash]<md5(cast(a as TEXT))>
[last_day]<cast(
        

    dateadd(
        day,
        -1,
        

    dateadd(
        month,
        1,
        date_trunc('month', d)
        )


        )


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

    case when 3 = 0
        then ''
    else
        right(
            a,
            3
        )
    end>
[safe_cast]<
    
        try_cast(a as int)
    >
[split_part]<

    split_part(
        a,
        ',',
        2
        )

>
[string_literal]<'a'>
[type_string]<TEXT>
[type_numeric]<numeric(28,6)>
[type_bigint]<bigint>
[current_timestamp]<convert_timezone('UTC', current_timestamp())>
[snapshot_get_time]<to_timestamp_ntz(convert_timezone('UTC', current_timestamp()))>
[generate_series]<

    

    with p as (
        select 0 as generated_number union all select 1
    ), unioned as (

    select

    
    p0.generated_number * power(2, 0)
    
    
    + 1
    as generated_number

    from

    
    p as p0
    
    

    )

    select *
    from unioned
    where generated_number <= 1
    order by generated_number

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
        

    dateadd(
        day,
        -1,
        

    dateadd(
        day,
        1,
        date_trunc('day', d)
        )


        )


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
[snapshot_string_as_time]<to_timestamp_ntz('2024-01-01')>
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
        

    dateadd(
        day,
        -1,
        

    dateadd(
        quarter,
        1,
        date_trunc('quarter', d)
        )


        )


        as date)>
[default__date]<to_date('2024-01-31', 'YYYY-MM-DD')>
[listagg]<
    listagg(
        m,
        ','
        )
        >
[listagg]<
    listagg(
        m,
        ','
        )
        within group (order by x)>
[listagg]<array_to_string(
        array_slice(
            array_agg(
                m
            )within group (order by x)
            ,0
            ,3
        ),
        ','
        )>
[listagg]<array_to_string(
        array_slice(
            array_agg(
                m
            )
            ,0
            ,3
        ),
        ','
        )>
[generate_series]<

    

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
[datediff]<datediff(
        week,
        a,
        b
        )>
[dateadd]<

    dateadd(
        quarter,
        3,
        d
        )

>
[dateadd]<

    dateadd(
        week,
        3,
        d
        )

>
[last_day]<cast(
        

    dateadd(
        day,
        -1,
        

    dateadd(
        quarter,
        1,
        date_trunc('quarter', d)
        )


        )


        as date)>
[cast]<
    to_geography(a)
    >
[safe_cast]<
    try_to_geometry(a)
    >
[safe_cast]<
    
    cast(a as variant)
    
    >
[safe_cast]<
    
        try_cast('5' as int)
    >
[safe_cast]<
    try_to_geography(a)
    >
[get_limit_subquery_sql]<
  select 1
  >
