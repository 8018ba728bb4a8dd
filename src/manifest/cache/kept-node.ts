/**
 * Nodes of a kept manifest: what lists and the graph need is in memory, the rest is read from the disk when it is asked for.
 */
import { assertNever, type NodeId } from '../../base/index.js';
import type { NodeRecord, NodeStore, Outline } from './outline.js';
import type {
  AnalysisNode,
  CarriedNode,
  ExposureNode,
  ManifestNode,
  ModelNode,
  OperationNode,
  SeedNode,
  SnapshotNode,
  SourceNode,
  TestNode,
  UnitTestNode,
} from '../node.js';

/** The node with this number. */
export function keptNode(store: NodeStore, at: number, outline: Outline): ManifestNode {
  const { resourceType } = outline;
  switch (resourceType) {
    case 'model':
      return new KeptModel(store, at, outline);
    case 'seed':
      return new KeptSeed(store, at, outline);
    case 'snapshot':
      return new KeptSnapshot(store, at, outline);
    case 'test':
      return new KeptTest(store, at, outline);
    case 'unit_test':
      return new KeptUnitTest(store, at, outline);
    case 'analysis':
      return new KeptAnalysis(store, at, outline);
    case 'operation':
      return new KeptOperation(store, at, outline);
    case 'source':
      return new KeptSource(store, at, outline);
    case 'exposure':
      return new KeptExposure(store, at, outline);
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return new KeptCarried(store, at, outline, resourceType);
    default:
      return assertNever(resourceType);
  }
}

class Kept {
  readonly id: NodeId;
  readonly name: string;
  readonly packageName: string;
  readonly originalFilePath: string;
  readonly tags: readonly string[];
  readonly #store: NodeStore;
  readonly #at: number;

  constructor(store: NodeStore, at: number, outline: Outline) {
    this.#store = store;
    this.#at = at;
    this.id = outline.id;
    this.name = outline.name;
    this.packageName = outline.packageName;
    this.originalFilePath = outline.originalFilePath;
    this.tags = outline.tags;
  }

  get fqn(): readonly string[] {
    return this.#store.fqn(this.#at);
  }
  get dependsOn(): readonly NodeId[] {
    return this.#store.parents(this.#at);
  }
  get path(): string {
    return this.record.path;
  }
  get description(): string {
    return this.record.description;
  }
  get meta(): NodeRecord['meta'] {
    return this.record.meta;
  }
  get config(): NodeRecord['config'] {
    return this.record.config;
  }
  get unrenderedConfig(): NodeRecord['unrenderedConfig'] {
    return this.record.unrenderedConfig;
  }
  get refs(): NodeRecord['refs'] {
    return this.record.refs;
  }
  get sources(): NodeRecord['sources'] {
    return this.record.sources;
  }

  protected get record(): NodeRecord {
    return this.#store.record(this.#at);
  }
}

/** Text that is rendered, and makes no relation. */
class KeptCode extends Kept {
  get language(): 'sql' | 'python' {
    return this.record.language;
  }
  get rawCode(): string {
    return this.record.rawCode;
  }
  get checksum(): string {
    return this.record.checksum;
  }
  get macros(): readonly string[] {
    return this.record.macros;
  }
  get position(): NodeRecord['position'] {
    return this.record.position;
  }
}

/** What makes a relation. Seeds have no code: what they lack must be lacking here too, as it is asked for with `in`. */
class KeptStored extends Kept {
  readonly group: string | null;

  constructor(store: NodeStore, at: number, outline: Outline) {
    super(store, at, outline);
    this.group = outline.extra.group ?? null;
  }

  get database(): string {
    return this.record.database;
  }
  get schema(): string {
    return this.record.schema;
  }
  get alias(): string {
    return this.record.alias;
  }
  get relationName(): string | null {
    return this.record.relationName;
  }
  get columns(): NodeRecord['columns'] {
    return this.record.columns;
  }
  get patchPath(): string | null {
    return this.record.patchPath;
  }
  get checksum(): string {
    return this.record.checksum;
  }
  get macros(): readonly string[] {
    return this.record.macros;
  }
}

/** Text that is rendered to make a relation. */
class KeptRelation extends KeptStored {
  get language(): 'sql' | 'python' {
    return this.record.language;
  }
  get rawCode(): string {
    return this.record.rawCode;
  }
  get position(): NodeRecord['position'] {
    return this.record.position;
  }
}

class KeptModel extends KeptRelation implements ModelNode {
  readonly resourceType = 'model';
  readonly materialized: string;
  readonly access: ModelNode['access'];
  readonly version: string | number | null;
  readonly latestVersion: string | number | null;

  constructor(store: NodeStore, at: number, outline: Outline) {
    super(store, at, outline);
    const { extra } = outline;
    this.materialized = extra.materialized ?? 'view';
    this.access = extra.access ?? 'protected';
    this.version = extra.version ?? null;
    this.latestVersion = extra.latestVersion ?? null;
  }

  get deprecationDate(): string | null {
    return this.record.deprecationDate;
  }
  get timeSpine(): ModelNode['timeSpine'] {
    return this.record.timeSpine;
  }
  get constraints(): ModelNode['constraints'] {
    return this.record.constraints;
  }
  get hasContract(): boolean {
    return this.record.hasContract;
  }
}

class KeptSnapshot extends KeptRelation implements SnapshotNode {
  readonly resourceType = 'snapshot';
}

class KeptTest extends KeptRelation implements TestNode {
  readonly resourceType = 'test';
  readonly isGeneric: boolean;

  constructor(store: NodeStore, at: number, outline: Outline) {
    super(store, at, outline);
    this.isGeneric = outline.extra.isGeneric ?? false;
  }

  get testMetadata(): TestNode['testMetadata'] {
    return this.record.testMetadata;
  }
  get columnName(): string | null {
    return this.record.columnName;
  }
  get attachedNode(): NodeId | null {
    return this.record.attachedNode;
  }
}

class KeptAnalysis extends KeptCode implements AnalysisNode {
  readonly resourceType = 'analysis';
}

class KeptOperation extends KeptCode implements OperationNode {
  readonly resourceType = 'operation';

  get event(): OperationNode['event'] {
    return this.record.event;
  }
  get index(): number {
    return this.record.index;
  }
}

class KeptSeed extends KeptStored implements SeedNode {
  readonly resourceType = 'seed';

  get file(): string {
    return this.record.file;
  }
}

class KeptUnitTest extends Kept implements UnitTestNode {
  readonly resourceType = 'unit_test';

  get testedNode(): NodeId {
    return this.record.testedNode;
  }
  get model(): string {
    return this.record.model;
  }
  get given(): UnitTestNode['given'] {
    return this.record.given;
  }
  get expect(): UnitTestNode['expect'] {
    return this.record.expect;
  }
  get overrides(): UnitTestNode['overrides'] {
    return this.record.overrides;
  }
  get checksum(): string {
    return this.record.checksum;
  }
}

class KeptSource extends Kept implements SourceNode {
  readonly resourceType = 'source';
  readonly sourceName: string;

  constructor(store: NodeStore, at: number, outline: Outline) {
    super(store, at, outline);
    this.sourceName = outline.extra.sourceName ?? '';
  }

  get sourceDescription(): string {
    return this.record.sourceDescription;
  }
  get loader(): string {
    return this.record.loader;
  }
  get identifier(): string {
    return this.record.identifier;
  }
  get database(): string {
    return this.record.database;
  }
  get schema(): string {
    return this.record.schema;
  }
  get unrendered(): SourceNode['unrendered'] {
    return this.record.unrendered;
  }
  get relationName(): string {
    return this.record.relationName;
  }
  get quoting(): SourceNode['quoting'] {
    return this.record.quoting;
  }
  get columns(): SourceNode['columns'] {
    return this.record.columns;
  }
  get freshness(): SourceNode['freshness'] {
    return this.record.freshness;
  }
  get loadedAtField(): string | null {
    return this.record.loadedAtField;
  }
  get loadedAtQuery(): string | null {
    return this.record.loadedAtQuery;
  }
  get external(): SourceNode['external'] {
    return this.record.external;
  }
  get patchPath(): string | null {
    return this.record.patchPath;
  }
}

class KeptExposure extends Kept implements ExposureNode {
  readonly resourceType = 'exposure';

  get type(): string {
    return this.record.type;
  }
  get owner(): ExposureNode['owner'] {
    return this.record.owner;
  }
  get label(): string | null {
    return this.record.label;
  }
  get maturity(): string | null {
    return this.record.maturity;
  }
  get url(): string | null {
    return this.record.url;
  }
}

class KeptCarried extends Kept implements CarriedNode {
  readonly resourceType: CarriedNode['resourceType'];

  constructor(
    store: NodeStore,
    at: number,
    outline: Outline,
    resourceType: CarriedNode['resourceType'],
  ) {
    super(store, at, outline);
    this.resourceType = resourceType;
  }

  get properties(): CarriedNode['properties'] {
    return this.record.properties;
  }
}
