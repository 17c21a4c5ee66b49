import { requestIdHeader } from '../../schemas/files/recording.ts';
import { mediaType, method } from '../../schemas/operation.ts';
import { schemaErrors } from '../../schemas/validate.ts';
import type { Answer } from './answer.ts';
import { listMembers, mediaTypesText } from './match/headers.ts';
import { excerpt, isObject, show } from './match/json.ts';
import type { Check, Rules } from './requirement.ts';
import { leftOut, refusals, responses, undecodable } from './scopes.ts';

const challengesBearer: Check = (answer) => {
  const challenges = answer.header('www-authenticate').join(', ');
  if (challenges === '') return 'no WWW-Authenticate';
  // RFC 9110 §11.6.1: commas divide, but not in a quoted string; a scheme has no case (§11.1).
  const bare = challenges.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '');
  const isReadable = !bare.includes('"');
  if (isReadable && /(?:^|,)\s*bearer(?:\s|,|$)/i.test(bare)) return false;
  const received = isReadable ? 'a challenge without Bearer' : 'no challenge that can be read';
  return { received, detail: show(challenges) };
};

const allowsPost: Check = (answer) => {
  const allow = answer.header('allow');
  if (allow.length === 0) return 'no Allow';
  // The method names are case-sensitive (RFC 9110 §9.1).
  const methods = listMembers(allow);
  const received = excerpt(`Allow: ${allow.join(', ')}`);
  const refused = answer.request.method;
  const detail = `${received}, to a ${refused}`;
  if (methods.includes(refused))
    return { received: 'an Allow that names the method it refuses', detail };
  return refused !== method && !methods.includes(method) && received;
};

const refusalIsJson: Check = (answer) => {
  const { failure, exchange, json } = answer;
  if (failure?.kind === 'undecodable') return undecodable(answer);
  // Where there is a Content-Length, content-length speaks of what is missing.
  if (failure?.kind === 'cut off' && exchange.response?.wireBytes !== undefined) return false;
  if (failure !== undefined) return answer.lost;
  const { encoding, fault, detail } = json;
  const received = encoding ?? fault;
  return received && { received, detail };
};

const sameIds: Check = (answer) => {
  // Another client-request-id than was sent is for client-request-id to tell.
  const names = answer.echo === answer.ownId ? ['request-id', requestIdHeader] : ['request-id'];
  const other = names.find((name) => {
    const sent = answer.header(name).map((each) => each.toLowerCase());
    const inside = idInside(answer.json.value, name)?.toLowerCase();
    return inside !== undefined && sent.length > 0 && !sent.includes(inside);
  });
  return other !== undefined && `another ${other} than in the header`;
};

/** Of the outermost inner error that has it: what is further inside may be another service's. */
function idInside(body: unknown, name: string) {
  let error = isObject(body) ? body.error : undefined;
  while (isObject(error)) {
    error = error.innerError ?? error.innererror;
    if (isObject(error) && typeof error[name] === 'string') return error[name];
  }
  return undefined;
}

const isJsonType: Check = (answer) => {
  const received = mediaTypesText(answer.contentTypes);
  if (received === undefined) return leftOut('Content-Type', 'refuses without Content-Type');
  return received !== mediaType && received;
};

const holdsError: Check = ({ json: { value } }) => {
  const [error] = value === undefined ? [] : schemaErrors('error', value);
  return error && `${excerpt(error.property) || 'the body'} ${error.message}`;
};

function isCutOff({ status = 0, failure }: Answer) {
  return status >= 400 && failure !== undefined;
}

// biome-ignore format: a row a line
export const errorRules = {
  'unauthorized-challenge': { ...responses, when: ({ status }) => status === 401, check: challengesBearer },
  'method-allow': { ...responses, when: ({ status }) => status === 405, check: allowsPost },
  'error-media-type': { ...refusals, check: isJsonType },
  'error-json': { ...refusals, when: (answer) => refusals.when(answer) || isCutOff(answer), check: refusalIsJson },
  'error-schema': { ...refusals, check: holdsError },
  'error-ids': { ...responses, when: ({ isWhole, status = 0 }) => isWhole && status >= 400, check: sameIds },
} satisfies Rules;
