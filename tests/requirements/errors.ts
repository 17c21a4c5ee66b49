import { schemaErrors } from '../../schemas/validate.ts';
import { undecodable } from './content.ts';
import { jsonOf, mediaTypesText } from './match/body.ts';
import type { Judged } from './requirement.ts';
import { refusals, stateless } from './scopes.ts';

/** What a refusal says in its body. */
export const errorRequirements: Judged[] = [
  {
    id: 'error-media-type',
    level: 'platform',
    source: "service's general error page; OData JSON 21.1; RFC 8259 §8.1",
    text: 'sends refusals as application/json in UTF-8, whatever further parameters',
    expected: 'one Content-Type: application/json, charset absent or utf-8',
    ...refusals,
    ...stateless(({ response }) => {
      if (response === undefined) return undefined;
      const received = mediaTypesText(response) ?? 'absent';
      return received === 'application/json'
        ? undefined
        : { received, part: 'header content-type' };
    }),
  },
  {
    id: 'error-json',
    level: 'platform',
    source: "service's general error page; OData JSON 21.1; RFC 8259 §8.1",
    text: 'sends refusals as one JSON text, from the first byte to the last',
    expected: 'one JSON text in UTF-8',
    ...refusals,
    when: ({ response, failure }) =>
      response !== undefined && response.status >= 400 && failure?.kind !== 'too large',
    ...stateless(({ response, failure }) => {
      if (failure?.kind === 'undecodable') return undecodable;
      // Where there is a Content-Length, content-length speaks of what is missing.
      if (failure?.kind === 'cut off' && response?.wireBytes !== undefined) return undefined;
      if (failure !== undefined)
        return { received: `no whole answer: ${failure.kind}`, part: 'connection' };
      const json = response && jsonOf(response);
      return json && 'fault' in json
        ? { received: json.fault, ...(json.detail && { detail: json.detail }), part: 'body' }
        : undefined;
    }),
  },
  {
    id: 'error-schema',
    level: 'platform',
    source: "service's general error page; OData 9.4",
    text: 'tells in refusals an error with a code and a message (schemas/wire/error.json)',
    expected: 'error.code and error.message, strings that are not empty',
    ...refusals,
    ...stateless(({ response }) => {
      const json = response && jsonOf(response);
      const error = json && 'value' in json ? schemaErrors('error', json.value)[0] : undefined;
      return (
        error && { received: `${error.property || 'the body'} ${error.message}`, part: 'body' }
      );
    }),
  },
];
