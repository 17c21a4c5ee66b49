import { isCreate } from '../../schemas/files/recording.ts';
import { created, mediaType, propertyNames } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { isAsPlain } from './match/beside.ts';
import { isUtf8, parseMediaType } from './match/headers.ts';
import { excerpt, isObject, show } from './match/json.ts';
import { wrapperIn } from './match/names.ts';
import type { Check, Rules } from './requirement.ts';
import { createdBodies, createdObjects, creates, leftOut, undecodable } from './scopes.ts';

/** Whoever answers what is not HTTP has the route: create-answered speaks of that. */
const isOfRoute = ({ failure }: Answer) =>
  !['unreachable', 'unreadable'].includes(failure?.kind ?? '');

const hasRoute: Check = (answer) => {
  const { status } = answer;
  if (status === undefined) return answer.lost;
  const isMissing = [404, 405, 501].includes(status);
  return isMissing && { kind: 'no-route', status, received: String(status) };
};

const isAnswered: Check = (answer, { earlier }) => {
  const { kind = '' } = answer.failure ?? {};
  // For body-json to tell.
  if (kind === 'undecodable') return false;
  // A target that goes away during the run failed a create; one that never was there is an error.
  const wasThere = earlier.some(({ failure }) => failure?.kind !== 'unreachable');
  return (kind !== 'unreachable' || wasThere) && answer.lost;
};

const saysCreated: Check = ({ status = created.status }) =>
  status !== created.status && { status, received: String(status) };

const isOneType: Check = ({ contentTypes: { length } }) => length > 1 && `${length} media types`;

const isJsonType: Check = ({ contentTypes, exchange }) => {
  // RFC 9110 §8.3 asks it of a message with content; of one without, body-json speaks.
  if (contentTypes.length + (exchange.response?.body.length ?? 0) === 0) return false;
  const other = contentTypes.find((each) => parseMediaType(each)?.essence !== mediaType);
  if (contentTypes.length === 0) return leftOut('Content-Type', 'sends no Content-Type');
  if (other === undefined) return false;
  const essence = parseMediaType(other)?.essence;
  return essence === undefined ? show(other) : excerpt(essence);
};

const namesUtf8: Check = ({ mediaType: type }) => {
  const charset = type?.params.get('charset') ?? 'utf-8';
  return !isUtf8(charset) && excerpt(`charset=${charset}`);
};

const isJsonObject: Check = (answer) => {
  if (!answer.isWhole) return undecodable(answer);
  const { value, fault, detail } = answer.json;
  if (fault !== undefined) return { received: fault, detail };
  if (isObject(value)) return wrapperIn(value);
  return Array.isArray(value) ? 'an array' : `a JSON ${typeof value}`;
};

const controlInformation: Check = ({ objectErrors }) => {
  const own: readonly string[] = propertyNames;
  const error = objectErrors.find(({ property }) => !own.includes(property));
  if (error === undefined) return false;
  const { property, message } = error;
  return { received: `${excerpt(property)} ${message}`, property };
};

// biome-ignore format: a row a line
export const responseRules = {
  'route-answers': { ...creates, requests: isCreate, dependsOn: [], when: isOfRoute, onlyIfAll: true, check: hasRoute },
  'create-answered': { ...creates, everyCreated: true, part: 'connection', requests: isCreate, dependsOn: ['route-answers'], when: (answer) => isCreate(answer.requestCase) || answer.failure !== undefined, check: isAnswered },
  'create-status': { ...creates, requests: (request) => creates.requests(request) || isAsPlain(request), check: saysCreated },
  'content-type-once': { ...createdBodies, check: isOneType },
  'content-type-json': { ...createdBodies, check: isJsonType },
  'content-type-charset': { ...createdBodies, check: namesUtf8 },
  'body-json': { ...createdBodies, part: 'body', when: ({ hasObject, failure }) => hasObject || failure?.kind === 'undecodable', check: isJsonObject },
  'body-utf8': { ...createdBodies, check: ({ json }) => json.encoding },
  'body-schema': { ...createdObjects, check: controlInformation },
} satisfies Rules;
