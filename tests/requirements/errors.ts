import { headerValues } from '../../schemas/files/recording.ts';
import { mediaType, method } from '../../schemas/operation.ts';
import { firstSchemaError } from '../../schemas/validate.ts';
import { challengedSchemes } from './match/challenges.ts';
import { disagreeingId } from './match/error-ids.ts';
import { excerpt, show } from './match/excerpt.ts';
import { jsonOf } from './match/json.ts';
import { listMembers } from './match/list-header.ts';
import { mediaTypesText } from './match/media-type.ts';
import type { Judged } from './requirement.ts';
import { refusals, responses, stateless, undecodable } from './scopes.ts';

const errorPage = "service's general error page";

/** What a refusal says in its headers and its body. */
export const errorRequirements: Judged[] = [
  {
    id: 'unauthorized-challenge',
    level: 'platform',
    source: 'RFC 9110 §11.6.1, §15.5.2; RFC 6750 §3; service: WWW-Authenticate: Bearer',
    text: 'names in a 401 how to authenticate',
    expected: 'WWW-Authenticate with Bearer',
    ...responses,
    when: ({ response }) => response?.status === 401,
    notApplicableReason: 'no request was answered 401',
    ...stateless(({ response }) => {
      const challenges = headerValues(response?.headers ?? [], 'www-authenticate');
      const schemes = challengedSchemes(response?.headers ?? []);
      if (schemes?.includes('bearer')) return undefined;
      const at = { part: 'header', header: 'www-authenticate' } as const;
      return challenges.length === 0
        ? { code: 'absent', received: 'no WWW-Authenticate', ...at }
        : {
            code: 'header-value',
            received: schemes ? 'a challenge without Bearer' : 'no challenge that can be read',
            detail: show(challenges.join(', ')),
            ...at,
          };
    }),
  },
  {
    id: 'method-allow',
    level: 'platform',
    source: 'RFC 9110 §10.2.1, §15.5.6; OData 9.2.2',
    text: `names in a 405 the methods it has, ${method} among them`,
    expected: `Allow with ${method}, and without the method that was refused`,
    ...responses,
    when: ({ response }) => response?.status === 405,
    notApplicableReason: 'no request was answered 405',
    ...stateless(({ request, response }) => {
      const allow = headerValues(response?.headers ?? [], 'allow');
      const at = { part: 'header', header: 'allow' } as const;
      if (allow.length === 0) return { code: 'absent', received: 'no Allow', ...at };
      const methods = listMembers(response?.headers ?? [], 'allow');
      const received = excerpt(`Allow: ${allow.join(', ')}`);
      // The method names are case-sensitive (RFC 9110 §9.1).
      if (methods.includes(request.method))
        return {
          code: 'header-value',
          received: 'an Allow that names the method it refuses',
          detail: `${received}, to a ${request.method}`,
          ...at,
        };
      return request.method === method || methods.includes(method)
        ? undefined
        : { code: 'header-value', received, ...at };
    }),
  },
  {
    id: 'error-media-type',
    level: 'platform',
    source: `${errorPage}; OData JSON 21.1; RFC 8259 §8.1`,
    text: `sends refusals as ${mediaType} in UTF-8, whatever further parameters`,
    expected: `one Content-Type: ${mediaType}, charset absent or utf-8`,
    ...refusals,
    ...stateless(({ response }) => {
      if (response === undefined) return undefined;
      const received = mediaTypesText(response) ?? 'absent';
      return received === mediaType
        ? undefined
        : { code: 'media-type', received, part: 'header', header: 'content-type' };
    }),
  },
  {
    id: 'error-json',
    level: 'platform',
    source: `${errorPage}; OData JSON 21.1; RFC 8259 §8.1`,
    text: 'sends refusals as one JSON text, from the first byte to the last',
    expected: 'one JSON text in UTF-8',
    ...refusals,
    when: ({ response }) =>
      response !== undefined && response.status >= 400 && response.notKept === undefined,
    ...stateless((exchange) => {
      const { response, failure } = exchange;
      if (failure?.kind === 'undecodable') return undecodable(exchange);
      // Where there is a Content-Length, content-length speaks of what is missing.
      if (failure?.kind === 'cut off' && response?.wireBytes !== undefined) return undefined;
      if (failure !== undefined)
        return {
          kind: 'no-response',
          received: `no whole response: ${failure.kind}`,
          part: 'connection',
        };
      const json = response && jsonOf(response);
      return json && 'fault' in json
        ? {
            code: 'not-json',
            received: json.fault,
            ...(json.detail && { detail: json.detail }),
            part: 'body',
          }
        : undefined;
    }),
  },
  {
    id: 'error-schema',
    level: 'platform',
    source: `${errorPage}; OData 9.4`,
    text: 'says in refusals an error with a code and a message (schemas/wire/error.json)',
    expected: 'error.code and error.message, strings that are not empty',
    ...refusals,
    ...stateless(({ response }) => {
      const json = response && jsonOf(response);
      const error = json && 'value' in json ? firstSchemaError('error', json.value) : undefined;
      return (
        error && {
          code: 'schema',
          received: `${excerpt(error.property) || 'the body'} ${error.message}`,
          part: 'body',
        }
      );
    }),
  },
  {
    id: 'error-ids',
    level: 'platform',
    source: `${errorPage}: innerError holds the request-id and the client-request-id`,
    text: 'names in innerError the ids that its headers name',
    expected: 'the request-id and client-request-id of the headers, where innerError has them',
    ...responses,
    when: ({ response, failure }) =>
      failure === undefined && response !== undefined && response.status >= 400,
    notApplicableReason: refusals.notApplicableReason,
    ...stateless(({ response }) => {
      const json = response && jsonOf(response);
      const wrong = json && 'value' in json && disagreeingId(response.headers, json.value);
      return wrong
        ? {
            code: 'other-id',
            received: `another ${wrong.name} than in the header`,
            detail: `${show(wrong.inside)} in innerError`,
            part: 'body',
          }
        : undefined;
    }),
  },
];
