/**
 * The questions put to a snapshot, in SQL that both dialects read.
 */
import type { SnapshotShape } from './snapshot-facts.js';

/** One row: rows, keys, open rows, and the latest moment from which a row holds. */
export function overviewSql({ relation, key, isOpen, validFrom }: SnapshotShape): string {
  return `select count(*), count(distinct ${key}), sum(case when ${isOpen} then 1 else 0 end), max(${validFrom})
from ${relation}`;
}

/** One row, a count of offenders each: overlaps, several open rows, ends before starts, doubled ids, rows without a key. */
export function healthSql({
  relation,
  key,
  validFrom,
  validTo,
  isOpen,
  scdId,
}: SnapshotShape): string {
  return `with versions as (
    select
        ${key} as version_key,
        ${validFrom} as starts,
        ${validTo} as ends,
        case when ${isOpen} then 1 else 0 end as is_open,
        ${scdId} as version_id,
        lead(${validFrom}) over (partition by ${key} order by ${validFrom}, ${scdId}) as next_starts
    from ${relation}
)
select
    sum(case when next_starts is not null and (is_open = 1 or ends > next_starts) then 1 else 0 end),
    (select count(*) from (select version_key from versions where is_open = 1 group by version_key having count(*) > 1) as several),
    sum(case when is_open = 0 and ends < starts then 1 else 0 end),
    (select count(*) from (select version_id from versions group by version_id having count(*) > 1) as doubled),
    sum(case when version_key is null then 1 else 0 end)
from versions`;
}

/** Rows by day, newest first: versions that begin with their key, later versions, keys that ended with no version after. */
export function changesSql(shape: SnapshotShape): string {
  const { relation, key, validFrom, validTo, isOpen } = shape;
  const deleted =
    shape.isDeleted === null ? '' : ` and cast(${shape.isDeleted} as varchar) <> 'True'`;
  return `with versions as (
    select
        ${key} as version_key,
        ${validFrom} as starts,
        case when ${isOpen} then null else ${validTo} end as ends,
        row_number() over (partition by ${key} order by ${validFrom}) as place,
        lead(${validFrom}) over (partition by ${key} order by ${validFrom}) as next_starts
    from ${relation}
    where 1 = 1${deleted}
),

moments as (
    select cast(starts as date) as day, case when place = 1 then 1 else 0 end as born, case when place > 1 then 1 else 0 end as changed, 0 as gone
    from versions
    union all
    select cast(ends as date) as day, 0 as born, 0 as changed, 1 as gone
    from versions
    where ends is not null and next_starts is null
)

select day, sum(born), sum(changed), sum(gone)
from moments
group by day
order by day desc
limit 30`;
}

/** Each version with its place among those of its key; columns as `c0`, `c1`, and those of the version before as `b0`, `b1`. */
function versionsSql(
  { relation, key, validFrom }: SnapshotShape,
  columns: readonly string[],
): string {
  const lags = columns.map(
    (name, at) =>
      `${name} as c${at}, lag(${name}) over (partition by ${key} order by ${validFrom}) as b${at}`,
  );
  return `(
    select ${validFrom} as starts, row_number() over (partition by ${key} order by ${validFrom}) as place, ${lags.join(', ')}
    from ${relation}
) as versions`;
}

/** One row, a count a column: versions in which the column differs from the version before. */
export function movedSql(shape: SnapshotShape, columns: readonly string[]): string {
  const counts = columns.map(
    (_, at) => `sum(case when place > 1 and c${at} is distinct from b${at} then 1 else 0 end)`,
  );
  return `select ${counts.join(', ')}
from ${versionsSql(shape, columns)}`;
}

/** Keys with their number of versions, those with most first; of some text if one is given. */
export function keysSql({ relation, key, validFrom, isOpen }: SnapshotShape, text: string): string {
  const where =
    text === '' ? '' : `\nwhere lower(${key}) like ${literal(`%${text.toLowerCase()}%`)}`;
  return `select ${key} as version_key, count(*) as versions, max(${validFrom}) as last_change, max(case when ${isOpen} then 1 else 0 end) as is_open
from ${relation}${where}
group by ${key}
order by versions desc, last_change desc, version_key
limit 200`;
}

/** All versions of a key, newest first. */
export function historySql({ relation, key, validFrom }: SnapshotShape, value: string): string {
  return `select *
from ${relation}
where ${key} = ${literal(value)}
order by ${validFrom} desc
limit 500`;
}

/** The rows that held at a moment. @param moment `2026-11-20` or `2026-11-20 12:00`, as typed. */
export function asOfSql(
  { relation, validFrom, validTo, isOpen }: SnapshotShape,
  moment: string,
): string {
  const at = `cast(${literal(moment)} as timestamp)`;
  return `select *
from ${relation}
where ${validFrom} <= ${at} and (${isOpen} or ${validTo} > ${at})`;
}

/** One row: how many rows held at a moment. */
export function heldSql(shape: SnapshotShape, moment: string): string {
  return `select count(*) from (
${asOfSql(shape, moment)}
) as held_rows`;
}

/** A row a day, newest first: versions of that day in which each column differs from the version before. */
export function movedByDaySql(shape: SnapshotShape, columns: readonly string[]): string {
  const counts = columns.map(
    (_, at) => `sum(case when c${at} is distinct from b${at} then 1 else 0 end)`,
  );
  return `select cast(starts as date) as day, ${counts.join(', ')}
from ${versionsSql(shape, columns)}
where place > 1
group by cast(starts as date)
order by day desc
limit 30`;
}

/** One row: keys that the query has and the snapshot has not, keys that changed, keys that the query has no more. */
export function pendingSql(
  shape: SnapshotShape,
  querySql: string,
  columns: readonly string[],
): string {
  const { relation, key, isOpen, strategy, updatedAt, validFrom, isDeleted } = shape;
  const checked = shape.checkColumns === 'all' ? columns : shape.checkColumns;
  const isChanged =
    strategy === 'timestamp' && updatedAt !== null
      ? 'kept.kept_moment < fresh.fresh_moment'
      : checked.map((_, at) => `kept.k${at} is distinct from fresh.f${at}`).join(' or ') || '1 = 0';
  const fresh =
    strategy === 'timestamp' && updatedAt !== null
      ? [`${updatedAt} as fresh_moment`]
      : checked.map((name, at) => `${name} as f${at}`);
  const kept =
    strategy === 'timestamp' && updatedAt !== null
      ? [`${validFrom} as kept_moment`]
      : checked.map((name, at) => `${name} as k${at}`);
  const alive = isDeleted === null ? '' : ` and cast(${isDeleted} as varchar) <> 'True'`;
  return `with query_rows as (
${querySql.trim().replace(/;+\s*$/u, '')}
),

fresh as (
    select ${[`${key} as fresh_key`, ...fresh].join(', ')}
    from query_rows
),

kept as (
    select ${[`${key} as kept_key`, ...kept].join(', ')}
    from ${relation}
    where ${isOpen}${alive}
)

select
    sum(case when kept_key is null then 1 else 0 end),
    sum(case when kept_key is not null and fresh_key is not null and (${isChanged}) then 1 else 0 end),
    sum(case when fresh_key is null then 1 else 0 end)
from fresh
full outer join kept
    on fresh.fresh_key = kept.kept_key`;
}

/** Copies all rows beside the snapshot. */
export function backupSql({ relation }: SnapshotShape, backup: string): string {
  return `create table ${backup} as select * from ${relation}`;
}

/** The name of a backup: the snapshot's own with the moment behind it, in the same schema. */
export function backupName({ relation }: SnapshotShape, nowMs: number): string {
  const moment = new Date(nowMs).toISOString().replaceAll(/\D/gu, '').slice(0, 14);
  return relation.endsWith('"')
    ? `${relation.slice(0, -1)}__backup_${moment}"`
    : `${relation}__backup_${moment}`;
}

/** A text as SQL. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
