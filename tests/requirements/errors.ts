import { headerValues } from '../../schemas/files/recording.ts';
import { mediaType, method, routes } from '../../schemas/operation.ts';
import { firstSchemaError } from '../../schemas/validate.ts';
import { excerpt, jsonOf, show } from './match/json.ts';
import { mediaTypesText } from './match/media-type.ts';
import type { Judged } from './requirement.ts';
import { refusals, responses, stateless, undecodable } from './scopes.ts';

const errorPage = "service's general error page";

/** What a refusal says in its headers and its body. */
export const errorRequirements: Judged[] = [
  {
    id: 'unauthorized-challenge',
    level: 'platform',
    source: 'RFC 9110 §15.5.2; RFC 6750 §3; service: WWW-Authenticate: Bearer',
    text: 'names in a 401 how to authenticate',
    expected: 'WWW-Authenticate with Bearer',
    ...responses,
    when: ({ response }) => response?.status === 401,
    notApplicableReason: 'no request was answered 401',
    ...stateless(({ response }) => {
      const challenges = headerValues(response?.headers ?? [], 'www-authenticate');
      if (challenges.some((value) => /(^|,)\s*Bearer(\s|,|$)/i.test(value))) return undefined;
      const at = { part: 'header', header: 'www-authenticate' } as const;
      return challenges.length === 0
        ? { code: 'absent', received: 'no WWW-Authenticate', ...at }
        : {
            code: 'header-value',
            received: 'a challenge without Bearer',
            detail: show(challenges.join(', ')),
            ...at,
          };
    }),
  },
  {
    id: 'method-allow',
    level: 'platform',
    source: 'RFC 9110 §15.5.6; OData 9.2.2',
    text: `names in a 405 the methods it has, ${method} among them`,
    expected: `Allow with ${method}`,
    scope: routes,
    requests: ({ name }) => name === 'get' || name === 'put',
    when: ({ response }) => response?.status === 405,
    notApplicableReason: 'no request was answered 405',
    dependsOn: responses.dependsOn,
    ...stateless(({ response }) => {
      const allow = headerValues(response?.headers ?? [], 'allow');
      const methods = allow.flatMap((value) => value.split(',')).map((each) => each.trim());
      if (methods.includes(method)) return undefined;
      return {
        code: allow.length === 0 ? 'absent' : 'header-value',
        received: allow.length === 0 ? 'no Allow' : excerpt(`Allow: ${allow.join(', ')}`),
        part: 'header',
        header: 'allow',
      };
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
    when: ({ response, failure }) =>
      response !== undefined &&
      response.status >= 400 &&
      failure?.kind !== 'too large' &&
      (failure !== undefined || response.cut === undefined),
    ...stateless((exchange) => {
      const { response, failure } = exchange;
      if (failure?.kind === 'undecodable') return undecodable(exchange);
      // Where there is a Content-Length, content-length speaks of what is missing.
      if (failure?.kind === 'cut off' && response?.wireBytes !== undefined) return undefined;
      if (failure !== undefined)
        return {
          code: 'no-response',
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
];
