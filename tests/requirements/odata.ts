import type { Exchange } from '../../schemas/files/recording.ts';
import { excerpt, show } from './match/json.ts';
import { contentTypes, metadataOf } from './match/media-type.ts';
import { hasCreatedBody, isSuccess, objectOf } from './match/object.ts';
import { headerCheck } from './match/single-header.ts';
import type { Judged } from './requirement.ts';
import { createdBodies, creates, responses, stateless } from './scopes.ts';

/** RFC 3986: the characters of a URL, and a form that can be read. */
function isUrl(text: string): boolean {
  return (
    /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) && URL.canParse(text, 'http://target.invalid/')
  );
}

const success = {
  ...creates,
  when: ({ response }: Exchange) => response !== undefined && isSuccess(response),
  notApplicableReason: 'no create was answered with success',
  dependsOn: createdBodies.dependsOn,
};

/** What OData demands of a create and its response beyond the page's own statements. */
export const odataRequirements: Judged[] = [
  {
    id: 'location',
    level: 'platform',
    source: 'OData 8.3 and 11.4.2',
    text: 'names the created object in Location',
    expected: 'Location, a URL',
    ...success,
    ...stateless(headerCheck('Location', isUrl)),
  },
  {
    id: 'odata-version',
    level: 'platform',
    source: 'OData 8.1.5',
    text: 'names the OData version in every response',
    expected: 'OData-Version 4.0 or 4.01',
    ...responses,
    ...stateless(headerCheck('OData-Version', (value) => value === '4.0' || value === '4.01')),
  },
  {
    id: 'odata-context',
    level: 'platform',
    source: 'OData JSON 4.5.1; OData 10',
    text: 'names the context in the created object',
    expected: '@odata.context with a fragment that says what the object is',
    ...createdBodies,
    when: (exchange) =>
      hasCreatedBody(exchange) &&
      objectOf(exchange) !== undefined &&
      metadataOf(exchange) !== 'none',
    notApplicableReason: 'no created object needed a context',
    ...stateless((exchange) => {
      const object = objectOf(exchange) ?? {};
      const context = object['@odata.context'] ?? object['@context'];
      if (context === undefined)
        return { code: 'absent', received: 'no @odata.context', part: 'body' };
      // Whether it is a string at all is for body-schema to say.
      return typeof context !== 'string' || /#./.test(context)
        ? undefined
        : {
            code: 'context',
            received: 'a context without a fragment',
            detail: show(context),
            part: 'body',
          };
    }),
  },
  {
    id: 'odata-metadata',
    level: 'platform',
    source: 'OData JSON 3.1',
    text: 'names the amount of metadata in the Content-Type of the created object',
    expected: 'the parameter odata.metadata or metadata: minimal, full or none',
    ...createdBodies,
    when: (exchange) =>
      hasCreatedBody(exchange) &&
      exchange.response !== undefined &&
      contentTypes(exchange.response).length === 1,
    notApplicableReason: 'no create was answered with one Content-Type',
    ...stateless((exchange) => {
      const metadata = metadataOf(exchange);
      if (metadata !== undefined && ['minimal', 'full', 'none'].includes(metadata))
        return undefined;
      return {
        code: metadata === undefined ? 'absent' : 'metadata',
        received:
          metadata === undefined ? 'no metadata parameter' : excerpt(`metadata=${metadata}`),
        part: 'header',
        header: 'content-type',
      };
    }),
  },
];
