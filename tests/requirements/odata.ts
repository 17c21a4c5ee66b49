import { isCreate } from '../../schemas/files/recording.ts';
import type { Answer } from './answer.ts';
import { excerpt, show } from './match/excerpt.ts';
import { misnamed } from './match/location.ts';
import { orderFault } from './match/payload-order.ts';
import { headerCheck } from './match/single-header.ts';
import type { Check, Judged } from './requirement.ts';
import { createdBodies, createdObjects, creates, responses } from './scopes.ts';

const atLocation = { part: 'header', header: 'location' } as const;

/** RFC 3986: the characters of a URL, and a form that can be read. */
function isUrl(text: string): boolean {
  return (
    /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) && URL.canParse(text, 'http://target.invalid/')
  );
}

const hasLocation = headerCheck('Location', isUrl);

const namesTheObject: Check = (answer, context) => {
  const missing = hasLocation(answer, context);
  if (missing !== undefined) return missing;
  const [location = ''] = answer.header('location');
  const object = answer.object ?? {};
  const received = misnamed(location, answer.request.url, object);
  if (received === undefined) return undefined;
  return { received, detail: `Location ${show(location)}, id ${show(object.id)}` };
};

/** The Location of an earlier create. Where the id comes twice too, that is at fault. */
const distinctLocation: Check = (answer, context) => {
  if (namesTheObject(answer, context) !== undefined) return undefined;
  const other = context.earlier.findLast(({ location }) => location === answer.location);
  const id = answer.object?.id;
  if (other === undefined || (id !== undefined && other.object?.id === id)) return undefined;
  return { received: 'the Location of another create', detail: show(answer.header('location')[0]) };
};

const contextIsMetadata: Check = ({ object = {} }) => {
  const context = object['@odata.context'] ?? object['@context'];
  if (context === undefined) return { received: 'no @odata.context' };
  // Whether it is a string at all is for body-schema to say.
  const [, document, fragment] = /^([^#]*)#?(.*)$/s.exec(String(context)) ?? [];
  const isMetadata = /(^|\/)(\$|%24)metadata(\?|$)/i.test(document ?? '');
  if (typeof context !== 'string' || (isMetadata && fragment)) return undefined;
  const received = fragment ? 'a context below no $metadata' : 'a context without a fragment';
  return { received, detail: show(context) };
};

/** The other links may be left out: the id is their default. */
const hasId: Check = ({ object = {} }) =>
  '@odata.id' in object || '@id' in object ? undefined : { received: 'no @odata.id' };

const success = {
  ...creates,
  everyCreated: true as const,
  when: ({ isSuccess }: Answer) => isSuccess,
  notApplicableReason: 'no create was answered with success',
  dependsOn: createdBodies.dependsOn,
};

const namesMetadata: Check = (answer) => {
  const metadata = answer.format('metadata');
  if (metadata === undefined) return { received: 'no metadata parameter' };
  const isKnown = ['minimal', 'full', 'none'].includes(metadata);
  return isKnown ? undefined : { received: excerpt(`metadata=${metadata}`) };
};

const keepsOrder: Check = ({ object = {} }) => {
  const received = orderFault(object);
  const detail = `the names in their order: ${show(Object.keys(object).join(', '))}`;
  return received === undefined ? undefined : { received, detail };
};

/** What OData demands of a create and its response beyond the page's own statements. */
// biome-ignore format: a row a line
export const odataRequirements: Judged[] = [
  { id: 'location', level: 'platform', source: 'OData 8.3 and 11.4.2; RFC 9110 §10.2.2, §15.3.2', text: 'names the created object in Location', expected: 'Location, a URL of the created object', ...success, ...atLocation, check: namesTheObject },
  { id: 'location-distinct', level: 'platform', source: 'RFC 9110 §15.3.2: the Location of a 201 identifies what was created; OData 8.3', text: 'gives every created object a Location of its own', expected: 'a Location that no other create was given', ...success, ...atLocation, scope: 'service', requests: isCreate, dependsOn: [...success.dependsOn, 'id-distinct', 'location'], check: distinctLocation },
  { id: 'odata-version', level: 'platform', source: 'OData 8.1.5', text: 'names the OData version in every response', expected: 'OData-Version 4.0 or 4.01', ...responses, part: 'header', header: 'odata-version', check: headerCheck('OData-Version', (value) => value === '4.0' || value === '4.01') },
  { id: 'odata-context', level: 'platform', source: 'OData JSON 4.5.1; OData 10', text: 'names the context in the created object', expected: '@odata.context: the URL of $metadata, with a fragment that says what the object is', ...createdBodies, part: 'body', when: (answer) => answer.object !== undefined && answer.format('metadata') !== 'none', notApplicableReason: 'no created object needed a context', check: contextIsMetadata },
  { id: 'odata-metadata', level: 'platform', source: 'OData JSON 4.1', text: 'names the amount of metadata in the Content-Type of the created object', expected: 'the parameter odata.metadata or metadata: minimal, full or none', ...createdBodies, part: 'header', header: 'content-type', when: ({ hasObject, contentTypes }) => hasObject && contentTypes.length === 1, notApplicableReason: 'no create was answered with one Content-Type', check: namesMetadata },
  { id: 'metadata-full', level: 'platform', source: 'OData JSON 3.1.2 and 4.5.8', text: 'sends with full metadata the id by which OData knows the object', expected: '@odata.id in an object that comes as odata.metadata=full', ...createdObjects, part: 'body', when: (answer) => answer.object !== undefined && answer.format('metadata') === 'full', notApplicableReason: 'no created object came with full metadata', check: hasId },
  { id: 'streaming-order', level: 'platform', source: 'OData JSON 4.4: Payload Ordering Constraints', text: 'keeps the order that odata.streaming=true promises to readers', expected: '@odata.context first, @odata.type next, @odata.id and @odata.etag before any property', ...createdObjects, part: 'body', when: (answer) => answer.object !== undefined && answer.format('streaming') === 'true', notApplicableReason: 'no created object came as odata.streaming=true', check: keepsOrder },
];
