{#
    A person's address as one tidy form: trimmed, lower case, without the `+tag`, on the main domain.
    Null stays null.
#}
{% macro normalise_email(column) -%}
    {%- set tidy -%} regexp_replace(lower(trim({{ column }})), '[+][^@]*@', '@') {%- endset -%}
    {%- set ns = namespace(sql=tidy) -%}
    {%- for alias, domain in var('email_domain_aliases').items() -%}
        {%- set ns.sql = "replace(" ~ ns.sql ~ ", '@" ~ alias ~ "', '@" ~ domain ~ "')" -%}
    {%- endfor -%}
    {{ ns.sql }}
{%- endmacro %}


{#
    A pseudonym for a person: 64 hexadecimal digits, the same in every source that knows the address.

    Salted, so that a list of addresses does not give the pseudonyms away; the salt is read from the environment and
    must stay the same between runs, else every key changes. Null stays null.
#}
{% macro hash_pii(column) -%}
    sha2({{ normalise_email(column) }} || '{{ env_var("OPS_PII_SALT", "sample-salt") }}', 256)::varchar(64)
{%- endmacro %}
