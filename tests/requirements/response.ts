import { isCreate } from '../../schemas/files/recording.ts';
import { created, mediaType, propertyNames } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { excerpt, show } from './match/excerpt.ts';
import { isObject } from './match/json.ts';
import { isUtf8, parseMediaType } from './match/media-type.ts';
import { onlyReferences } from './match/taken-bodies.ts';
import { wrapperIn } from './match/wrapper.ts';
import type { Check, Judged } from './requirement.ts';
import { createdBodies, createdObjects, creates, noResponse, undecodable } from './scopes.ts';

const notThere = [404, 405, 501];
const contentType = { part: 'header', header: 'content-type' } as const;

/** Whoever answers what is not HTTP has the route: create-answered speaks of that. */
const isOfRoute = ({ failure }: Answer) =>
  !['unreachable', 'unreadable'].includes(failure?.kind ?? '');

const bodyIsJsonObject: Check = (answer) => {
  if (!answer.isWhole) return undecodable(answer);
  const { value, fault, detail } = answer.json;
  if (fault !== undefined) return { received: fault, ...(detail && { detail }) };
  if (!isObject(value))
    return { received: Array.isArray(value) ? 'an array' : `a JSON ${typeof value}` };
  const wrapper = wrapperIn(value);
  return wrapper === undefined ? undefined : { received: wrapper };
};

const hasRoute: Check = (answer) => {
  const { status } = answer;
  if (status === undefined) return noResponse(answer);
  const isMissing = notThere.includes(status);
  return isMissing ? { kind: 'no-route', status, received: String(status) } : undefined;
};

const isAnswered: Check = (answer, { earlier }) => {
  const { kind = '' } = answer.failure ?? {};
  // For body-json to tell.
  if (kind === 'undecodable') return undefined;
  // A target that goes away during the run failed a create; one that never was there is an error.
  const wasThere = earlier.some(({ failure }) => failure?.kind !== 'unreachable');
  return kind === 'unreachable' && !wasThere ? undefined : noResponse(answer);
};

const contentTypeIsJson: Check = ({ contentTypes }) => {
  const other = contentTypes.find((each) => parseMediaType(each)?.essence !== mediaType);
  if (contentTypes.length > 0 && other === undefined) return undefined;
  const essence = parseMediaType(other ?? '')?.essence;
  return { received: essence === undefined ? show(other) : excerpt(essence) };
};

const charsetIsUtf8: Check = ({ mediaType: type }) => {
  const charset = type?.params.get('charset') ?? 'utf-8';
  return isUtf8(charset) ? undefined : { received: excerpt(`charset=${charset}`) };
};

const controlInformation: Check = ({ objectErrors }) => {
  const own: readonly string[] = propertyNames;
  const error = objectErrors.find(({ property }) => !own.includes(property));
  return error && { received: `${excerpt(error.property)} ${error.message}` };
};

/** Whether and how a route answers a create: the route, the status, the body's form. */
// biome-ignore format: a row a line
export const responseRequirements: Judged[] = [
  { id: 'route-answers', level: 'stated', source: 'page, section "HTTP request"', text: 'has the route', expected: 'a response other than 404, 405 and 501', ...creates, part: 'status', requests: isCreate, dependsOn: [], when: isOfRoute, onlyIfAll: true, check: hasRoute },
  { id: 'create-answered', level: 'stated', source: 'page, section "Response"', text: 'answers every create, and each to the end: none is dropped, cut off or left waiting', expected: 'a whole HTTP response', ...creates, part: 'connection', requests: isCreate, dependsOn: ['route-answers'], when: () => true, check: isAnswered },
  { id: 'create-status', level: 'stated', source: 'page, section "Response"; with and without id, because table and example differ in that', text: `answers ${created.status} ${created.reason}`, expected: String(created.status), ...creates, part: 'status', remark: onlyReferences, check: ({ status }) => status === undefined || status === created.status ? undefined : { status, received: String(status) } },
  { id: 'content-type-once', level: 'platform', source: 'RFC 9110 §5.3, §8.3: Content-Type is a single value', text: 'sends one Content-Type, not several', expected: 'at most one Content-Type', ...createdBodies, ...contentType, check: ({ contentTypes: { length } }) => length > 1 ? { received: `${length} media types` } : undefined },
  { id: 'content-type-json', level: 'shown', source: 'page, example response', text: `sends the created object as ${mediaType}, whatever its parameters`, expected: mediaType, ...createdBodies, ...contentType, check: contentTypeIsJson },
  { id: 'content-type-charset', level: 'platform', source: 'RFC 8259 §8.1: JSON between systems is UTF-8', text: 'names UTF-8 where it names a charset', expected: 'charset absent or utf-8', ...createdBodies, ...contentType, check: charsetIsUtf8 },
  { id: 'body-json', level: 'stated', source: 'page, section "Response": a directoryObject in the body', text: 'sends the object itself as JSON, from the first byte to the last', expected: 'one JSON object, without a wrapper', ...createdBodies, part: 'body', when: ({ hasObject, failure }) => hasObject || failure?.kind === 'undecodable', check: bodyIsJsonObject },
  { id: 'body-utf8', level: 'platform', source: 'RFC 8259 §8.1: JSON between systems is UTF-8, without a byte order mark', text: 'writes the created object in UTF-8, without a byte order mark', expected: 'UTF-8 without a byte order mark', ...createdBodies, part: 'body', check: ({ json: { encoding } }) => encoding === undefined ? undefined : { received: encoding } },
  { id: 'body-schema', level: 'platform', source: 'OData JSON 4.5 and 4.6: control information', text: 'gives control information the type it has in OData (schemas/openapi.json)', expected: 'strings in @odata.context, @odata.etag, @odata.editLink, @odata.readLink and in the types and links of properties; a string or null in @odata.id', ...createdObjects, part: 'body', check: controlInformation },
];
