/** A CloudFormation template as parsed JSON; only the parts that are looked at have a type. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, Output>>;
  readonly Parameters?: Readonly<
    Record<string, { readonly Type: string; readonly Default?: unknown; readonly NoEcho?: boolean; readonly Description?: string }>
  >;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly [section: string]: unknown;
}

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  /** An expression, where the template asks for language extensions (see `toPolicy`). */
  readonly DeletionPolicy?: unknown;
  readonly UpdateReplacePolicy?: unknown;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** One output of a template. */
export interface Output {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Export?: { readonly Name: unknown };
  readonly Condition?: string;
}

/** Where the code that made a construct is: `file` as the app saw it, lines from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** What the stack needs of the bootstrap of its account and region. */
export interface BootstrapNeed {
  readonly qualifier: string;
  readonly version: number;
  /** The SSM parameter that holds the version that is there. */
  readonly parameter: string;
}

/** Where an asset is published: an object of a bucket, or a tag of an image repository. Texts may hold placeholders (see `toFilled`). */
export interface Destination {
  /** Name of the bucket or repository. */
  readonly store: string;
  /** Key of the object, or tag of the image. */
  readonly name: string;
  /** The region, where it is not that of the stack. */
  readonly region?: string;
  /** ARN of the role that publishes. */
  readonly role?: string;
  /** What the trust policy of that role asks for. */
  readonly externalId?: string;
}

/** A role to read with, as an ARN, which may hold placeholders of pseudo parameters. */
export interface LookUpRole {
  readonly arn: string;
  /** What the trust policy of that role asks for. */
  readonly externalId?: string;
}

/** The roles of the bootstrap that change a stack, as ARNs; each may hold the placeholders of pseudo parameters. */
export interface StackRoles {
  /** Who asks CloudFormation. */
  readonly deploy?: string;
  /** What the trust policy of that role asks for. */
  readonly externalId?: string;
  /** As whom CloudFormation works. */
  readonly execution?: string;
}

/** What the app itself said of a construct while it was synthesized. */
export interface AppMessage {
  readonly level: 'error' | 'warning';
  readonly constructPath: string;
  readonly text: string;
}

/** A file or image that is published before its stack deploys. */
export interface Asset {
  readonly id: string;
  readonly kind: 'file' | 'image';
  readonly displayName: string;
  /** Absolute path of the file or folder; undefined for what a command makes. */
  readonly path?: string;
  readonly destinations: readonly Destination[];
}

/** What is deployed from one template: a stack of the assembly, or a stack that is nested in one. */
export interface TemplateStack {
  /** Unique in the assembly: of a stack the id of its artifact, of a nested one that of its parent and its logical id there. */
  readonly id: string;
  /** The name in CloudFormation; of a nested stack that has none yet its construct path, which no stack can have as its name. */
  readonly name: string;
  /** The path that the CDK CLI shows and selects by; the name for a stack outside of stages, the construct path of a nested one. */
  readonly displayName: string;
  /** Absolute path of the template; empty for one that is not of the assembly. */
  readonly templateFile: string;
  readonly templateBytes: number;
  readonly template: Template;
  /** Construct path of each logical id. */
  readonly paths: ReadonlyMap<string, string>;
  /** Source of each logical id, where the metadata has it; '' is the stack's own. */
  readonly sources: ReadonlyMap<string, Source>;
  /** The stacks nested right in it whose templates the assembly has, in the order of the template. */
  readonly nested: readonly NestedStack[];
  /** Of a nested stack the name of the stack of the assembly that it belongs to, however deep. */
  readonly within?: string;
}

/** A stack that is a resource of another one. */
export interface NestedStack extends TemplateStack {
  /** Its logical id in the template that it is a resource of. */
  readonly logicalId: string;
}

/** One stack of an assembly, as plain data. Its id is that of the artifact in its manifest, which dependencies name. */
export interface Stack extends TemplateStack {
  /** 12 digits; undefined when the app leaves it to the credentials. */
  readonly account?: string;
  readonly region?: string;
  /** Whether the template is published as an asset; otherwise it goes into the call, unless it is too long for that. */
  readonly isTemplateAsset: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** ARNs of the topics that are told of its events; undefined when the app leaves them as they are. */
  readonly notificationArns?: readonly string[];
  /** Ids of the stacks that must be there first. */
  readonly dependencies: readonly string[];
  readonly bootstrap?: BootstrapNeed;
  readonly roles: StackRoles;
  /** Who may look at its account and region. */
  readonly lookUp?: LookUpRole;
  readonly assets: readonly Asset[];
  readonly messages: readonly AppMessage[];
}

/** The type of a resource that is a stack of its own. */
export const nestedStackType = 'AWS::CloudFormation::Stack';

/** A look-up that the app still needs: its template holds a placeholder. */
export interface MissingContext {
  readonly key: string;
  readonly provider: string;
}

/** A cloud assembly as plain data: what every check, the plan and the order read. */
export interface Assembly {
  /** Absolute path of the folder. */
  readonly dir: string;
  /** In order of id, stages included. */
  readonly stacks: readonly Stack[];
  readonly missing: readonly MissingContext[];
}
