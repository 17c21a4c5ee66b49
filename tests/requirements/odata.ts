import { isCreate } from '../../schemas/files/recording.ts';
import type { Answer } from './answer.ts';
import { excerpt, show } from './match/json.ts';
import { misnamed } from './match/location.ts';
import { orderFault } from './match/names.ts';
import type { Check, Rules } from './requirement.ts';
import { createdBodies, createdObjects, headerCheck, responses, successes } from './scopes.ts';

/** RFC 3986: the characters of a URL, and a form that can be read; no value that some code lacked. */
function isUrl(text: string) {
  return (
    !/^(null|undefined|NaN)(\/|$)/.test(text) &&
    /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) &&
    URL.canParse(text, 'http://target.invalid/')
  );
}

const hasLocation = headerCheck('Location', isUrl);

const namesTheObject: Check = (answer, context) => {
  const missing = hasLocation(answer, context);
  if (missing) return missing;
  const [location = ''] = answer.header('location');
  const object = answer.object ?? {};
  const received = misnamed(location, answer.request.url, object);
  return received && { received, detail: `Location ${show(location)}, id ${show(object.id)}` };
};

/** The Location of an earlier create. Where the id comes twice too, that is at fault. */
const distinctLocation: Check = (answer, context) => {
  const other = context.earlier.findLast(({ location }) => location === answer.location);
  // The same object, by what was answered or asked for.
  const idsOf = ({ object, sent }: Answer) => [object?.id, sent?.id].filter(Boolean);
  if (other === undefined || idsOf(other).some((id) => idsOf(answer).includes(id))) return false;
  if (namesTheObject(answer, context)) return false;
  return { received: 'the Location of another create', detail: show(answer.header('location')[0]) };
};

const contextIsMetadata: Check = ({ object = {} }) => {
  const context = object['@odata.context'] ?? object['@context'];
  if (context === undefined) return 'no @odata.context';
  // Whether it is a string at all is for body-schema to say.
  const [, document, fragment] = /^([^#]*)#?(.*)$/s.exec(String(context)) ?? [];
  const isMetadata = /(^|\/)(\$|%24)metadata(\?|$)/i.test(document ?? '');
  if (typeof context !== 'string' || (isMetadata && fragment)) return false;
  const received = fragment ? 'a context below no $metadata' : 'a context without a fragment';
  return { received, detail: show(context) };
};

/** The other links may be left out: the id is their default. */
const hasId: Check = ({ object = {} }) =>
  !('@odata.id' in object || '@id' in object) && 'no @odata.id';

const namesMetadata: Check = (answer) => {
  const metadata = answer.format('metadata');
  if (metadata === undefined) return 'no metadata parameter';
  return !['minimal', 'full', 'none'].includes(metadata) && excerpt(`metadata=${metadata}`);
};

const keepsOrder: Check = ({ object = {} }) => {
  const received = orderFault(object);
  const detail = `the names in their order: ${show(Object.keys(object).join(', '))}`;
  return received && { received, detail };
};

const version = headerCheck('OData-Version', (value) => value === '4.0' || value === '4.01');

// biome-ignore format: a row a line
export const odataRules = {
  location: { ...successes, check: namesTheObject },
  'location-distinct': { ...successes, scope: 'service', requests: isCreate, check: distinctLocation },
  'odata-version': { ...responses, check: version },
  'odata-context': { ...createdBodies, when: (answer) => answer.object !== undefined && answer.format('metadata') !== 'none', check: contextIsMetadata },
  'odata-metadata': { ...createdBodies, when: ({ hasObject, contentTypes }) => hasObject && contentTypes.length === 1, check: namesMetadata },
  'metadata-full': { ...createdObjects, when: (answer) => answer.object !== undefined && answer.format('metadata') === 'full', check: hasId },
  'streaming-order': { ...createdObjects, when: (answer) => answer.object !== undefined && answer.format('streaming') === 'true', check: keepsOrder },
} satisfies Rules;
