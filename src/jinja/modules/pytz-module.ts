/**
 * `modules.pytz`.
 */
import { JinjaError } from '../error.js';
import { PyFunction, type Value } from '../value.js';
import { toRepr, toText } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { PySet } from '../values/set.js';
import { dateInt } from './date.js';
import { PyTimeZone } from './timezone.js';

/** dbt's `modules.pytz`: `timezone`, `utc`, `FixedOffset` and the lists of zones. */
export function pytzModule(): PyDict {
  // Python's module is one for the whole process too, and its hundreds of zones are dear to list.
  return (pytz ??= makeModule());
}

let pytz: PyDict | undefined;

function makeModule(): PyDict {
  const zones: Value[] = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  return PyDict.fromObject({
    timezone: new PyFunction('timezone', ({ args: [name = null] }) => {
      const text = toText(name);
      const zone = PyTimeZone.named(text);
      if (zone === undefined) throw new JinjaError('UnknownTimeZoneError', toRepr(text));
      return zone;
    }),
    utc: PyTimeZone.utc,
    UTC: PyTimeZone.utc,
    FixedOffset: new PyFunction('FixedOffset', ({ args: [minutes] }) =>
      PyTimeZone.fixed(dateInt(minutes) * 60),
    ),
    all_timezones: zones,
    all_timezones_set: new PySet(zones),
    common_timezones: zones,
    common_timezones_set: new PySet(zones),
  });
}
