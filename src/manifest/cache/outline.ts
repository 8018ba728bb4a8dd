/**
 * What of a kept node is in memory, and what is in its record on the disk.
 */
import type { NodeId } from '../../base/index.js';
import type {
  AnalysisNode,
  CarriedNode,
  ExposureNode,
  ManifestNode,
  ModelNode,
  OperationNode,
  ResourceType,
  SeedNode,
  SnapshotNode,
  SourceNode,
  TestNode,
  UnitTestNode,
} from '../node.js';

/** What of a node is in memory. */
export interface Outline {
  readonly resourceType: ResourceType;
  readonly id: NodeId;
  readonly name: string;
  readonly packageName: string;
  readonly originalFilePath: string;
  readonly tags: readonly string[];
  readonly extra: OutlineExtra;
}

/** What else is in memory, by kind; only what differs from these defaults is kept. */
export interface OutlineExtra {
  readonly materialized?: string;
  readonly access?: ModelNode['access'];
  readonly version?: string | number;
  readonly latestVersion?: string | number;
  readonly group?: string;
  readonly sourceName?: string;
  readonly isGeneric?: boolean;
}

type Payload<Node> = Omit<Node, 'resourceType' | 'fqn' | keyof Outline>;

/** Every field that a record may hold; each kind has its own. */
export type NodeRecord = Payload<ModelNode> &
  Payload<SeedNode> &
  Payload<SnapshotNode> &
  Payload<TestNode> &
  Payload<UnitTestNode> &
  Payload<AnalysisNode> &
  Payload<OperationNode> &
  Payload<SourceNode> &
  Payload<ExposureNode> &
  Payload<CarriedNode>;

/** Where records come from. */
export interface NodeStore {
  /** The record of the node with this number. */
  record(at: number): NodeRecord;
  fqn(at: number): readonly string[];
  /** unique_ids of what it depends on. */
  parents(at: number): readonly NodeId[];
}

/** What of a node stays in memory besides its names. */
export function extraOf(node: ManifestNode): OutlineExtra {
  const group = 'group' in node && node.group !== null ? { group: node.group } : {};
  switch (node.resourceType) {
    case 'model':
      return {
        ...(node.materialized === 'view' ? {} : { materialized: node.materialized }),
        ...(node.access === 'protected' ? {} : { access: node.access }),
        ...(node.version === null ? {} : { version: node.version }),
        ...(node.latestVersion === null ? {} : { latestVersion: node.latestVersion }),
        ...group,
      };
    case 'source':
      return { sourceName: node.sourceName };
    case 'test':
      return { ...(node.isGeneric ? { isGeneric: true } : {}), ...group };
    default:
      return group;
  }
}
