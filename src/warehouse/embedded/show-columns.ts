/**
 * The columns of Snowflake's SHOW lists, in order.
 */

type ColumnLists = Readonly<Record<string, readonly string[]>>;

function words(names: string): readonly string[] {
  return names.split(' ');
}

/** Lists that are always empty here, by the words after SHOW. */
export const EMPTY_LISTS: ColumnLists = {
  'USER FUNCTIONS': words(
    'created_on name schema_name is_builtin is_aggregate is_ansi min_num_arguments max_num_arguments arguments description catalog_name is_table_function valid_for_clustering is_secure',
  ),
  PROCEDURES: words('created_on name schema_name is_builtin arguments description catalog_name'),
  'PRIMARY KEYS': words(
    'created_on database_name schema_name table_name column_name key_sequence constraint_name rely comment',
  ),
  'UNIQUE KEYS': words(
    'created_on database_name schema_name table_name column_name key_sequence constraint_name rely comment',
  ),
  'IMPORTED KEYS': words(
    'created_on pk_database_name pk_schema_name pk_table_name pk_column_name fk_database_name fk_schema_name fk_table_name fk_column_name key_sequence',
  ),
  'ICEBERG TABLES': words(
    'created_on name database_name schema_name owner external_volume_name catalog_name iceberg_table_type catalog_table_name catalog_namespace base_location can_write_metadata comment owner_role_type',
  ),
  STREAMS: words('created_on name database_name schema_name owner comment table_name'),
  TASKS: words(
    'created_on name id database_name schema_name owner comment warehouse schedule state',
  ),
  'MASKING POLICIES': words('created_on name database_name schema_name kind owner comment'),
  'ROW ACCESS POLICIES': words('created_on name database_name schema_name kind owner comment'),
  TAGS: words('created_on name database_name schema_name owner comment'),
  LOCKS: words('resource type transaction transaction_started_on status acquired_on query_id'),
  TRANSACTIONS: words('id user session name started_on state scope'),
};

/** Lists of relations, by the words after SHOW. */
export const RELATION_LISTS: ColumnLists = {
  OBJECTS: words(
    'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type is_hybrid is_dynamic is_iceberg is_interactive',
  ),
  TABLES: words(
    'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time automatic_clustering change_tracking is_external is_hybrid is_dynamic is_iceberg',
  ),
  VIEWS: words(
    'created_on name reserved database_name schema_name owner comment text is_secure is_materialized owner_role_type change_tracking',
  ),
  'DYNAMIC TABLES': words(
    'created_on name database_name schema_name cluster_by rows bytes owner target_lag refresh_mode refresh_mode_reason warehouse initialization_warehouse comment text automatic_clustering scheduling_state scheduler immutable_where is_clone is_replica data_timestamp owner_role_type',
  ),
};

/** Every list with TERSE. */
export const TERSE_LIST: readonly string[] = words(
  'created_on name kind database_name schema_name',
);
