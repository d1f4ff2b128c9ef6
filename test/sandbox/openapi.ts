import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import type { Json } from './support.js';

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties: Record<string, Json> }> };
}

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says `type: [..., 'null']`; ajv wants it beside a type. */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, toJsonSchema(value)]),
  );
  if (nullable !== true || typeof rest['type'] !== 'string') return rest;
  return { ...rest, type: [rest['type'], 'null'] };
}

/**
 * Where the contract is wrong about MX: the older one declares a guid a boolean, and both tell only in the
 * description of the list of challenges that it answers 204 to a member that is not challenged.
 */
function mendKnownMistakes(document: Document): void {
  const guid = document.components.schemas['MemberResponse']?.properties['most_recent_job_guid'];
  if (guid) guid['type'] = 'string';
  for (const path of Object.keys(document.paths)) {
    const challenges = path.endsWith('/challenges') ? document.paths[path]?.['get'] : undefined;
    if (challenges) challenges.responses['204'] = {};
  }
}

/** What MX promises about the answers of one version. */
export class Contract {
  readonly #paths: Record<string, Record<string, Operation>>;
  readonly #ajv = new Ajv({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(file: string) {
    const document = parse(readFileSync(file, 'utf8')) as Document;
    mendKnownMistakes(document);
    this.#paths = document.paths;
    this.#ajv.addSchema({ $id: 'mx', components: toJsonSchema(document.components) });
  }

  get paths(): string[] {
    return Object.keys(this.#paths);
  }

  /** What is wrong with an answer; an empty list when nothing is. */
  violations(method: string, template: string, answer: { status: number; body: Json }): string[] {
    const operation = this.#paths[template]?.[method.toLowerCase()];
    if (operation === undefined) return [`${method} ${template} is not in the contract`];
    const response = operation.responses[String(answer.status)];
    if (response === undefined) return [`${method} ${template} does not answer ${answer.status}`];
    const content = Object.values(response.content ?? {})[0];
    if (content === undefined)
      return Object.keys(answer.body).length === 0 ? [] : ['a body where none is due'];
    const validate = this.#validator(content.schema);
    const empty = Object.keys(answer.body).length === 0 ? ['the body is empty'] : [];
    if (validate(answer.body)) return empty;
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  #validator(schema: unknown): ValidateFunction {
    const text = JSON.stringify(toJsonSchema(schema)).replaceAll('"#/components', '"mx#/components');
    const known = this.#validators.get(text);
    if (known) return known;
    const validate = this.#ajv.compile(JSON.parse(text) as object);
    this.#validators.set(text, validate);
    return validate;
  }
}

/** The names of the fields a schema of the contract has, to see that answers leave none out. */
export function propertyNames(file: string, schema: string): string[] {
  const document = parse(readFileSync(file, 'utf8')) as Document;
  return Object.keys(document.components.schemas[schema]?.properties ?? {});
}
