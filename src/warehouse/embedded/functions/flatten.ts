/** FLATTEN with RECURSIVE: where each element of a JSON document is, and what holds it. */
import { type NativeFunction, textAt } from '../../duckdb/native-function.js';

interface Element {
  readonly k: string | null;
  /** Snowflake's path: `a.b[0]['odd key']`. */
  readonly p: string;
  readonly i: number | null;
  /** JSON pointers of the element and of what holds it: values are read from the document, so that numbers keep their digits. */
  readonly v: string;
  readonly t: string;
}

/** Each element before what is in it, keys in their order by name; the mode says what is gone into. */
function elementsOf(
  value: unknown,
  mode: string,
  path: string,
  pointer: string,
  out: Element[],
): void {
  if (Array.isArray(value)) {
    if (mode === 'OBJECT') return;
    for (const [index, item] of value.entries()) {
      const p = `${path}[${index}]`;
      const v = `${pointer}/${index}`;
      out.push({ k: null, p, i: index, v, t: pointer });
      elementsOf(item, mode, p, v, out);
    }
  } else if (typeof value === 'object' && value !== null && mode !== 'ARRAY')
    for (const [key, item] of Object.entries(value).sort(([left], [right]) =>
      left < right ? -1 : 1,
    )) {
      const isPlain = /^[A-Za-z_]\w*$/u.test(key);
      const p = isPlain ? `${path}${path === '' ? '' : '.'}${key}` : `${path}['${key}']`;
      const v = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      out.push({ k: key, p, i: null, v, t: pointer });
      elementsOf(item, mode, p, v, out);
    }
}

/** `__flatten(document, mode)`: a JSON list of `{k, p, i, v, t}`. */
export const FLATTEN: NativeFunction = {
  name: '__flatten',
  parameters: ['VARCHAR', 'VARCHAR'],
  returns: 'VARCHAR',
  call: (...values) => {
    const out: Element[] = [];
    elementsOf(JSON.parse(textAt(values, 0)), textAt(values, 1), '', '', out);
    return JSON.stringify(out);
  },
};
