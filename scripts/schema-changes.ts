/** What has changed in the schema since a release, and whether the changelog names it. */
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { BreakingChangeType, GraphQLField, GraphQLSchema } from 'graphql';

/** A state of the project: its version, as in package.json, and its SDL. */
export interface Release {
  readonly version: string;
  readonly sdl: string;
}

/** A change after which some operations are no longer valid, or their results no longer of the same type. */
export interface BreakingChange {
  /** Schema coordinate of what changed, such as `Type.field` or `Type.field(argument:)`. */
  readonly coordinate: string;
  readonly description: string;
}

export interface SchemaChanges {
  readonly breaking: readonly BreakingChange[];
  /** Changes after which operations stay valid, but clients can behave differently. */
  readonly dangerous: readonly string[];
  /** The breaking changes that the changelog does not name. */
  readonly unnamed: readonly BreakingChange[];
  /** Coordinates of elements whose deprecation does not say what to use instead, and until when they stay. */
  readonly vagueDeprecations: readonly string[];
  /** Whether the version of a release may have these breaking changes. */
  readonly isVersionAllowed: boolean;
}

/** How graphql-js words each kind of change, and the coordinate that its parts make. */
const WORDINGS: Readonly<Record<BreakingChangeType, readonly [pattern: RegExp, coordinate: string]>> = {
  TYPE_REMOVED: [/^(?:Standard scalar )?(\w+) was removed/, '$1'],
  TYPE_CHANGED_KIND: [/^(\w+) changed from /, '$1'],
  TYPE_REMOVED_FROM_UNION: [/^(?:\w+) was removed from union type (\w+)\.$/, '$1'],
  VALUE_REMOVED_FROM_ENUM: [/^(\w+) was removed from enum type (\w+)\.$/, '$2.$1'],
  REQUIRED_INPUT_FIELD_ADDED: [/^A required field (\w+) on input type (\w+) was added\.$/, '$2.$1'],
  IMPLEMENTED_INTERFACE_REMOVED: [/^(\w+) no longer implements interface /, '$1'],
  FIELD_REMOVED: [/^(\w+\.\w+) was removed\.$/, '$1'],
  FIELD_CHANGED_KIND: [/^(\w+\.\w+) changed type from /, '$1'],
  REQUIRED_ARG_ADDED: [/^A required arg (\w+) on (\w+\.\w+) was added\.$/, '$2($1:)'],
  ARG_REMOVED: [/^(\w+\.\w+) arg (\w+) was removed\.$/, '$1($2:)'],
  ARG_CHANGED_KIND: [/^(\w+\.\w+) arg (\w+) has changed type from /, '$1($2:)'],
  DIRECTIVE_REMOVED: [/^(\w+) was removed\.$/, '@$1'],
  DIRECTIVE_ARG_REMOVED: [/^(\w+) was removed from (\w+)\.$/, '@$2($1:)'],
  REQUIRED_DIRECTIVE_ARG_ADDED: [/^A required arg (\w+) on directive (\w+) was added\.$/, '@$2($1:)'],
  DIRECTIVE_REPEATABLE_REMOVED: [/^Repeatable flag was removed from (\w+)\.$/, '@$1'],
  DIRECTIVE_LOCATION_REMOVED: [/^\w+ was removed from (\w+)\.$/, '@$1'],
};

function toBreakingChange({
  type,
  description,
}: ReturnType<typeof findBreakingChanges>[number]): BreakingChange {
  const [pattern, coordinate] = WORDINGS[type];
  const [matched] = pattern.exec(description) ?? [];
  if (matched === undefined) throw new Error(`Cannot tell what changed: ${type}: ${description}`);
  return { coordinate: matched.replace(pattern, coordinate), description };
}

/** Input types of which exactly one field is allowed now. graphql-js does not report them. */
function newOneOfTypes(before: GraphQLSchema, after: GraphQLSchema): BreakingChange[] {
  return Object.values(after.getTypeMap()).flatMap((type) => {
    const known = before.getType(type.name);
    if (!isInputObjectType(type) || !isInputObjectType(known)) return [];
    if (!type.isOneOf || known.isOneOf) return [];
    return [{ coordinate: type.name, description: `${type.name} accepts exactly one field now.` }];
  });
}

interface Field {
  readonly coordinate: string;
  readonly field: GraphQLField<unknown, unknown>;
}

const fieldsOf = (schema: GraphQLSchema): Field[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).map((field) => ({ coordinate: `${type.name}.${field.name}`, field }))
      : [],
  );

const isSemanticNonNull = ({ field }: Field) =>
  isNonNullType(field.type) ||
  (field.astNode?.directives ?? []).some(({ name }) => name.value === 'semanticNonNull');

/** Fields that can now be null without an error. graphql-js reports those that were non-null, but knows no directives. */
function lostSemanticNonNull(before: GraphQLSchema, after: GraphQLSchema): BreakingChange[] {
  const present = new Map(fieldsOf(after).map((field) => [field.coordinate, field]));
  return fieldsOf(before).flatMap((known) => {
    const field = present.get(known.coordinate);
    if (!field || isNonNullType(known.field.type) || !isSemanticNonNull(known)) return [];
    if (isSemanticNonNull(field)) return [];
    const { coordinate } = known;
    return [{ coordinate, description: `${coordinate} can be null without an error now.` }];
  });
}

/** The entry of the changelog that is not released yet: its newest one. */
function newestEntry(changelog: string): string {
  const [, newest = ''] = changelog.split(/^## /m);
  return newest;
}

/** The lines under "Changed" and "Removed" of the newest entry. */
function linesOfChanges(changelog: string): string {
  const sections = newestEntry(changelog).split(/^### /m);
  return sections.filter((section) => /^(Changed|Removed)\b/.test(section)).join('\n');
}

/** "Use `x` …" with a date. */
const isClear = (reason: string) => /\bUse `[^`]+`/.test(reason) && /\b\d{4}-\d{2}-\d{2}\b/.test(reason);

interface Deprecable {
  readonly name: string;
  readonly deprecationReason?: string | null | undefined;
}

/** The coordinates of what is deprecated without a clear reason. */
function vagueDeprecations(schema: GraphQLSchema): string[] {
  const vague: string[] = [];
  const look = (coordinate: string, { deprecationReason: reason }: Deprecable) => {
    if (typeof reason === 'string' && !isClear(reason)) vague.push(coordinate);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    const parts = isEnumType(type)
      ? type.getValues()
      : isInputObjectType(type)
        ? Object.values(type.getFields())
        : [];
    for (const part of parts) look(`${type.name}.${part.name}`, part);
  }
  for (const { coordinate, field } of fieldsOf(schema)) {
    look(coordinate, field);
    for (const arg of field.args) look(`${coordinate}(${arg.name}:)`, arg);
  }
  return vague;
}

const majorOf = (version: string): number => Number.parseInt(version, 10);

/**
 * Compares two schemas. A breaking change is named if the newest entry of the changelog has its coordinate in backticks,
 * under "Changed" or "Removed".
 */
export function compareSchemas(before: Release, after: Release, changelog: string): SchemaChanges {
  const schemas = [buildSchema(before.sdl), buildSchema(after.sdl)] as const;
  const breaking = [
    ...findBreakingChanges(...schemas).map(toBreakingChange),
    ...newOneOfTypes(...schemas),
    ...lostSemanticNonNull(...schemas),
  ];
  const named = linesOfChanges(changelog);
  const major = majorOf(after.version);
  return {
    breaking,
    dangerous: findDangerousChanges(...schemas).map(({ description }) => description),
    unnamed: breaking.filter(({ coordinate }) => !named.includes(`\`${coordinate}\``)),
    vagueDeprecations: vagueDeprecations(schemas[1]),
    isVersionAllowed: breaking.length === 0 || major === 0 || major > majorOf(before.version),
  };
}

/** Lines for the changelog that name changes. What to use instead must be filled in. */
export function toChangelogLines(changes: readonly BreakingChange[]): string[] {
  const descriptions = new Map<string, string[]>();
  for (const { coordinate, description } of changes)
    descriptions.set(coordinate, [...(descriptions.get(coordinate) ?? []), description]);
  return [...descriptions].map(
    ([coordinate, said]) => `- \`${coordinate}\`: ${said.join(' ')} Use … instead.`,
  );
}
