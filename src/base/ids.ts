/**
 * Branded identifiers: text that has been made in one place and means one thing.
 */

declare const brand: unique symbol;

/** A string that only its maker can mint. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** dbt's unique_id: `model.shop.orders`, `source.shop.raw.orders`, `test.shop.unique_orders_id.0a1b2c3d4e`. */
export type NodeId = Branded<'NodeId'>;

/** Text that is safe to write to a terminal: made by `display()` only. */
export type SafeText = Branded<'SafeText'>;

/** Marks a text as a unique_id. The manifest is its only maker; tests may use it too. */
export function nodeId(text: string): NodeId {
  return text as NodeId;
}
