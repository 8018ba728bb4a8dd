/**
 * The names of all filters and tests: the parser refuses others without loading what they do.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Jinja2's filters and dbt's five. */
export const FILTER_NAMES: ReadonlySet<string> = words(
  'abs as_bool as_native as_number as_text attr batch capitalize center count d default dictsort e escape ' +
    'filesizeformat first float forceescape format groupby indent int is_list items join last length list lower ' +
    'map max min pprint random reject rejectattr replace reverse round safe select selectattr slice sort string ' +
    'striptags sum title tojson trim truncate unique upper urlencode urlize wordcount wordwrap xmlattr',
);

/** Jinja2's tests. */
export const TEST_NAMES: ReadonlySet<string> = words(
  '!= < <= == > >= boolean callable defined divisibleby eq equalto escaped even false filter float ge ' +
    'greaterthan gt in integer iterable le lessthan lower lt mapping ne none number odd sameas sequence string ' +
    'test true undefined upper',
);
