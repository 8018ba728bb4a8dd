{#
  Foreign keys. DuckDB neither renames nor drops a table that another one references, and cannot drop the constraint. So
  tables that reference a model are dropped before it is swapped, if this run makes them anew; their data waits in a
  backup until then. And a table that has a foreign key is made under its final name, because DuckDB remembers the first.
#}

{# Whether the model has a foreign key, or its table still has one from before. #}
{% macro has_foreign_key_constraints(relation=none) -%}
  {% set types = dagbook__duckdb_constraint_types(relation) %}
  {{ return('foreign_key' in types) }}
{%- endmacro %}

{# Only a primary key or a unique column can be referenced. #}
{% macro may_be_foreign_key_target(relation=none) -%}
  {% set types = dagbook__duckdb_constraint_types(relation) %}
  {{ return('primary_key' in types or 'unique' in types) }}
{%- endmacro %}

{% macro dagbook__duckdb_constraint_types(relation) %}
  {% if not adapter.catalog_supports_foreign_keys(this.database) %}
    {{ return([]) }}
  {% endif %}
  {{ return(enforced_constraint_types() + existing_constraint_types(relation)) }}
{% endmacro %}

{# Those of an enforced contract: of the model and of its columns. #}
{% macro enforced_constraint_types() -%}
  {% set contract = config.get('contract') %}
  {% if not (contract and contract.enforced) %}
    {{ return([]) }}
  {% endif %}
  {% set constraints = [] + model.get('constraints', []) %}
  {% for column in model.get('columns', {}).values() %}
    {% do constraints.extend(column.get('constraints', [])) %}
  {% endfor %}
  {{ return(constraints | map(attribute='type') | list) }}
{%- endmacro %}

{% macro existing_constraint_types(relation) -%}
  {{ return(adapter.existing_key_constraint_types(relation) if relation is not none and relation.is_table else []) }}
{%- endmacro %}

{# In a transaction even where the profile wants none: the table and what hangs on it come back together, or not at all. #}
{% macro drop_relation_for_rebuild(relation) -%}
  {% do adapter.ensure_transaction() %}
  {% set dropped = drop_foreign_key_dependents(relation) if relation.is_table and may_be_foreign_key_target(relation) else [] %}
  {% do adapter.drop_relation(relation) %}
  {{ return(dropped) }}
{%- endmacro %}

{# [{relation, backup}] of what was dropped, those furthest away first. A table this run will not make is an error. #}
{% macro drop_foreign_key_dependents(relation) -%}
  {% set referenced_by = dagbook__duckdb_dependents(relation) %}
  {% set problems = dagbook__duckdb_dependent_problems(relation, referenced_by) if referenced_by else [] %}
  {% if problems %}
    {% do exceptions.raise_compiler_error('Cannot replace ' ~ relation ~ ': foreign keys of other tables reference it, and '
      ~ 'only tables that this run makes anew can be dropped for that. In the way: ' ~ problems | join('; ')) %}
  {% endif %}

  {% set dropped = [] %}
  {% for name in referenced_by %}
    {% set dependent = api.Relation.create(database=relation.database, schema=relation.schema, identifier=name, type='table') %}
    {% set backup = dependent.incorporate(path={'identifier': name ~ '__dbt_fk_backup'}, type='table') %}
    {% do adapter.drop_relation(backup) %}
    {% call statement('backup_foreign_key_dependent_' ~ loop.index) %}
      create table {{ backup }} as select * from {{ dependent }}
    {% endcall %}
    {% do log('Dropping ' ~ dependent ~ ', which references ' ~ relation ~ ' by a foreign key; it is made anew later in this run', info=True) %}
    {% do adapter.drop_relation(dependent) %}
    {% do dropped.append({'relation': dependent, 'backup': backup}) %}
  {% endfor %}
  {{ return(dropped) }}
{%- endmacro %}

{# The data is readable again until the constraints are back. #}
{% macro restore_foreign_key_dependents(dropped) -%}
  {% for item in dropped | reverse %}
    {% do log('Restoring the data of ' ~ item['relation'] ~ '; its constraints are made anew later in this run', info=True) %}
    {% do adapter.rename_relation(item['backup'], item['relation']) %}
  {% endfor %}
{%- endmacro %}

{# {table: [what it references, in lower case]}, in the order to drop them. A foreign key does not leave its schema. #}
{% macro dagbook__duckdb_dependents(relation) %}
  {% call statement('get_foreign_key_dependents', fetch_result=True) %}
    with recursive keys as (
      select table_name as child, lower(referenced_table) as parent
      from duckdb_constraints()
      where constraint_type = 'FOREIGN KEY'
        and lower(database_name) = lower('{{ adapter.escape_sql_string(relation.database) }}')
        and lower(schema_name) = lower('{{ adapter.escape_sql_string(relation.schema) }}')
        {# a table that references itself is dropped in one go #}
        and lower(table_name) <> lower(referenced_table)
    ),
    reached as (
      select child, 1 as steps from keys where parent = lower('{{ adapter.escape_sql_string(relation.identifier) }}')
      union
      select keys.child, reached.steps + 1 from reached join keys on keys.parent = lower(reached.child)
    )
    select keys.child, keys.parent
    from keys
    join (select child, max(steps) as steps from reached group by child) furthest on furthest.child = keys.child
    order by furthest.steps desc, keys.child, keys.parent
  {% endcall %}
  {% set found = {} %}
  {% for row in load_result('get_foreign_key_dependents').table %}
    {% do found.setdefault(row[0], []).append(row[1]) %}
  {% endfor %}
  {{ return(found) }}
{% endmacro %}

{# Why a dependent may not be dropped: [text]. It must be a model that this run makes anew, and after this one. #}
{% macro dagbook__duckdb_dependent_problems(relation, referenced_by) %}
  {% set builders, chain = {}, {relation.identifier | lower: model.unique_id} %}
  {% for node in graph.nodes.values() if node.resource_type == 'model'
      and (node.database or '') | lower == (relation.database or '') | lower
      and node.schema | lower == relation.schema | lower %}
    {% for table in referenced_by if (node.alias or node.name) | lower == table | lower %}
      {% do builders.update({table: node}) %}
      {% do chain.update({table | lower: node.unique_id}) %}
    {% endfor %}
  {% endfor %}

  {% set problems = [] %}
  {% for table, referenced in referenced_by.items() %}
    {% set node = builders.get(table) %}
    {% set parents = [] %}
    {% for name in referenced if name in chain %}
      {% do parents.append(chain[name]) %}
    {% endfor %}
    {% if node is none %}
      {% do problems.append(table ~ ' (no model of this project makes it)') %}
    {% elif node.unique_id not in selected_resources %}
      {% do problems.append(table ~ ' (model ' ~ node.name ~ ' is not selected)') %}
    {% elif not (parents | select('in', node.depends_on.nodes) | list) %}
      {% do problems.append(table ~ ' (model ' ~ node.name ~ ' does not ref() what its foreign key points at, so it may be made before; write `to: ref(...)` in the constraint)') %}
    {% else %}
      {% set full_refresh = flags.FULL_REFRESH if node.config.full_refresh is none else node.config.full_refresh %}
      {% if node.config.materialized != 'table' and not (node.config.materialized == 'incremental' and full_refresh) %}
        {% do problems.append(table ~ ' (model ' ~ node.name ~ ' is ' ~ node.config.materialized ~ ' and would lose its data; --full-refresh makes it anew)') %}
      {% endif %}
    {% endif %}
  {% endfor %}
  {{ return(problems) }}
{% endmacro %}
