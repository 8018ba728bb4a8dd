/**
 * How far the rows of sources went when freshness was asked last, from the file that it left.
 */
import { isJsonObject, type Json, type NodeId, nodeId } from '../../base/index.js';
import { isFile, readText } from '../../platform/index.js';

/** `max_loaded_at` by unique_id. A file that is not there, or cannot be read, knows of none. */
export function loadedUntil(file: string): ReadonlyMap<NodeId, string> {
  const found = new Map<NodeId, string>();
  for (const result of resultsIn(file)) {
    if (!isJsonObject(result)) continue;
    const { unique_id: id, max_loaded_at: moment } = result;
    if (typeof id === 'string' && typeof moment === 'string') found.set(nodeId(id), moment);
  }
  return found;
}

function resultsIn(file: string): readonly Json[] {
  if (!isFile(file)) return [];
  try {
    const content: Json = JSON.parse(readText(file));
    const results = isJsonObject(content) ? content['results'] : undefined;
    return Array.isArray(results) ? results : [];
  } catch {
    // Written by another program, or cut off: then nothing is known.
    return [];
  }
}
