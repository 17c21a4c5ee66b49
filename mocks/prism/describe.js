import { readFileSync } from 'node:fs';

/**
 * `node describe.js [recipe] < ../../schemas/openapi.json > prism.json`: the description as Prism
 * needs it. Without `recipe` only the paths change, because Prism leaves the servers' path out.
 */
const described = JSON.parse(readFileSync(0, 'utf8'));
described.paths = Object.fromEntries(
  Object.entries(described.paths).map(([path, item]) => [`/v1.0${path}`, item]),
);

if (process.argv[2] === 'recipe') {
  const { directoryObject } = described.components.schemas;
  const { properties } = directoryObject;
  const context = 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity';
  properties['@odata.context'] = { const: context };
  properties['@odata.type'] = { const: '#microsoft.graph.directoryObject' };
  // With -d: an id of its own for each answer, and a date that is one.
  properties.id.format = 'uuid';
  properties.deletedDateTime.type = 'string';
  directoryObject.required.push('@odata.context');
  for (const { post } of Object.values(described.paths)) {
    const created = post.responses['201'];
    const { 'application/json': json } = created.content;
    json.examples.documented.value['@odata.context'] = context;
    created.content = { 'application/json;odata.metadata=minimal': json };
  }
}

console.log(JSON.stringify(described, null, 2));
