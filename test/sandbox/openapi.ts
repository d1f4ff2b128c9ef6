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

/** OpenAPI 3.0 uses `nullable` where JSON Schema uses `type: [..., 'null']`. */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const {
    nullable,
    enum: values,
    ...others
  } = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, toJsonSchema(value)]));
  // The document lists null among the values of some nullable fields only.
  const named = Array.isArray(values) && {
    enum: nullable === true ? [...(values as unknown[]), null] : values,
  };
  const rest: Record<string, unknown> = { ...others, ...named };
  if (nullable !== true || typeof rest['type'] !== 'string') return rest;
  return { ...rest, type: [rest['type'], 'null'] };
}

/**
 * Corrects the contract where it differs from MX: the older version declares a guid as a boolean, and both mention
 * only in a description that the list of challenges returns 204 for a member that is not challenged.
 */
function correctKnownMistakes(document: Document): void {
  const guid = document.components.schemas['MemberResponse']?.properties['most_recent_job_guid'];
  if (guid) guid['type'] = 'string';
  for (const path of Object.keys(document.paths)) {
    const challenges = path.endsWith('/challenges') ? document.paths[path]?.['get'] : undefined;
    if (challenges) challenges.responses['204'] = {};
  }
}

/** The contract of MX for the responses of one version. */
export class Contract {
  readonly #paths: Record<string, Record<string, Operation>>;
  readonly #ajv = new Ajv({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(file: string) {
    const document = parse(readFileSync(file, 'utf8')) as Document;
    correctKnownMistakes(document);
    this.#paths = document.paths;
    this.#ajv.addSchema({ $id: 'mx', components: toJsonSchema(document.components) });
  }

  get paths(): string[] {
    return Object.keys(this.#paths);
  }

  /** The violations in a response. */
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

/** The field names of a schema in the contract. */
export function propertyNames(file: string, schema: string): string[] {
  const document = parse(readFileSync(file, 'utf8')) as Document;
  return Object.keys(document.components.schemas[schema]?.properties ?? {});
}
