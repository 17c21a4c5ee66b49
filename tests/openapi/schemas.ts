import { readSchema, type SchemaName } from '../../schemas/validate.ts';

const described: readonly SchemaName[] = ['directoryObject', 'directoryObject.create', 'error'];

type Node = Readonly<Record<string, unknown>>;

/** Our formats, with what tools know in their place: the nearest of OpenAPI's registry, or none. */
const registered: Readonly<Record<string, Node>> = {
  'edm-date-time-offset': {
    format: 'date-time',
    description: 'An Edm.DateTimeOffset. OData also allows it without seconds.',
  },
  'directory-object-id': { description: 'Opaque: a string of any shape.' },
};

/**
 * The schemas in schemas/wire/ as components of the description, by name. `examples`: by name too;
 * mock servers that build a response from its schema alone find them there.
 */
export function componentSchemas(examples: Node): Node {
  return Object.fromEntries(
    described.map((name) => [
      name,
      { ...component(name), ...(name in examples && { example: examples[name] }) },
    ]),
  );
}

function component(name: SchemaName): Node {
  const { $schema, $id, ...schema } = readSchema(name);
  // What we generate has no further properties; what a service accepts may have (OData open types).
  delete schema.additionalProperties;
  return JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key === '$ref') return `#/components/schemas/${name}${value.slice(1)}`;
    const { format, ...rest } = Object(value) as Node;
    const known = typeof format === 'string' ? registered[format] : undefined;
    return known === undefined ? value : { ...rest, ...known };
  });
}
