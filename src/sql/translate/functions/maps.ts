/** MAP and VECTOR: DuckDB has the types, and its functions other names and orders of arguments. */
import { type Rule, type Rules, everyArgument, forms, rename } from '../rule.js';
import { unsupported } from '../scope.js';

/** The entries whose keys are, or are not, among the arguments. */
function keep(isPicked: boolean): Rule {
  return (call, scope) => {
    const [map, ...keys] = everyArgument(call, scope).map(({ text }) => text);
    if (map === undefined || keys.length === 0)
      throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
    return {
      text: `map_from_entries(list_filter(map_entries(${map}), lambda e: ${isPicked ? '' : 'NOT '}list_contains([${keys.join(', ')}], e.key)))`,
    };
  };
}

/** Vectors may hold whole numbers; DuckDB's functions want floats. */
function overFloats(pattern: string): Rule {
  return (call, scope) => {
    const [left, right] = everyArgument(call, scope).map(({ text }) => `CAST(${text} AS DOUBLE[])`);
    return {
      text: pattern.replaceAll('$1', () => left ?? '').replaceAll('$2', () => right ?? ''),
      hint: 'float',
    };
  };
}

export const MAPS: Rules = {
  MAP_CAT: rename('map_concat'),
  MAP_CONTAINS_KEY: forms({ 2: 'map_contains($2, $1)' }),
  MAP_DELETE: keep(false),
  MAP_INSERT: forms({
    3: "map_from_entries(list_append(list_filter(map_entries($1), lambda e: e.key <> $2), {'key': $2, 'value': $3}))",
  }),
  MAP_KEYS: rename('map_keys'),
  MAP_PICK: keep(true),
  MAP_SIZE: rename('cardinality', 'integer'),
  VECTOR_COSINE_SIMILARITY: overFloats('list_cosine_similarity($1, $2)'),
  VECTOR_INNER_PRODUCT: overFloats('list_inner_product($1, $2)'),
  VECTOR_L1_DISTANCE: overFloats(
    'list_sum(list_transform(list_zip($1, $2), lambda p: abs(p[1] - p[2])))',
  ),
  VECTOR_L2_DISTANCE: overFloats('list_distance($1, $2)'),
};
