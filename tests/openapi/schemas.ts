import { readSchema, type SchemaName } from '../../schemas/validate.ts';

const described: readonly SchemaName[] = ['directoryObject', 'directoryObject.create', 'error'];

type Node = Readonly<Record<string, unknown>>;

/** Our formats by what tools know instead: the nearest of OpenAPI's registry, or none. */
const registered: Readonly<Record<string, Node>> = {
  'edm-date-time-offset': {
    format: 'date-time',
    description: 'An Edm.DateTimeOffset. OData also allows it without seconds.',
  },
  'directory-object-id': { description: 'Opaque: a string of any shape.' },
};

/**
 * The schemas of what goes over the wire, as components: references point within the description.
 * `examples`: by name; mock servers that build an answer from its schema alone find them there.
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
  // What we generate has no further properties; what a service takes has (OData open types).
  delete schema.additionalProperties;
  return JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key === '$ref') return `#/components/schemas/${name}${value.slice(1)}`;
    const { format, ...rest } = Object(value) as Node;
    const known = typeof format === 'string' ? registered[format] : undefined;
    return known === undefined ? value : { ...rest, ...known };
  });
}
