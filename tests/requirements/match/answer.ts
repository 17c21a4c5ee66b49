import { instantOf } from '../../../schemas/edm-date-time-offset.ts';
import { type Exchange, headerValues, requestIdHeader } from '../../../schemas/files/recording.ts';
import { created, mediaType, propertyNames } from '../../../schemas/operation.ts';
import type { Finding } from '../requirement.ts';
import { mediaTypeOf } from './media-type.ts';
import { hasCreatedBody, isSuccess, objectOf } from './object.ts';

/** One thing that answers to creates have in common, and the finding where one answer has not. */
interface Aspect {
  /** undefined: the exchange does not show it. */
  readonly of: (exchange: Exchange) => string | undefined;
  /** What is right whatever plain creates show. */
  readonly right: string;
  readonly otherwise: (exchange: Exchange) => Finding;
}

const noWholeResponse = 'no whole response';

const aspects: readonly Aspect[] = [
  {
    right: String(created.status),
    of: ({ response, failure }) =>
      response === undefined || failure !== undefined ? noWholeResponse : String(response.status),
    otherwise: ({ response, failure }) => {
      if (response === undefined || failure !== undefined)
        return {
          kind: 'no-response',
          received: `${noWholeResponse}: ${failure?.kind}`,
          part: 'connection',
        };
      const { status } = response;
      const code = isSuccess(response) ? 'other-success' : 'error-status';
      return { code, status, received: String(status), part: 'status' };
    },
  },
  {
    right: mediaType,
    of: (exchange) =>
      exchange.response && hasCreatedBody(exchange)
        ? (mediaTypeOf(exchange.response)?.essence ?? 'none')
        : undefined,
    otherwise: () => ({
      code: 'media-type',
      received: 'another media type',
      part: 'header',
      header: 'content-type',
    }),
  },
  {
    right: propertyNames.join(', '),
    of: (exchange) => {
      if (!hasCreatedBody(exchange)) return undefined;
      const object = objectOf(exchange);
      return object === undefined
        ? 'no object'
        : propertyNames.filter((name) => name in object).join(', ');
    },
    otherwise: () => ({ code: 'other-body', received: 'other properties', part: 'body' }),
  },
  {
    right: 'the instant that was sent',
    of: (exchange) => {
      const sent = instantOf(exchange.requestCase.deletedDateTime ?? '');
      const given = objectOf(exchange)?.deletedDateTime;
      if (sent === undefined || typeof given !== 'string') return undefined;
      return instantOf(given) === sent ? 'the instant that was sent' : 'another instant';
    },
    otherwise: ({ requestCase }) => ({
      code: 'other-instant',
      received: 'another instant',
      detail: `sent ${requestCase.deletedDateTime}`,
      part: 'body',
    }),
  },
  {
    right: 'its own',
    of: ({ request, response }) => {
      // A GUID is the same in any case (RFC 9562 §4); the echo's letters are client-request-id's.
      const [sent] = headerValues(request.headers, requestIdHeader);
      const [given] = headerValues(response?.headers ?? [], requestIdHeader);
      if (response === undefined || given === undefined) return undefined;
      return given.toLowerCase() === sent?.toLowerCase() ? 'its own' : "another request's";
    },
    otherwise: () => ({
      code: 'header-value',
      received: 'the client-request-id of another request',
      part: 'header',
      header: requestIdHeader,
    }),
  },
];

const known = new WeakMap<Exchange, (string | undefined)[]>();

function shownBy(exchange: Exchange): (string | undefined)[] {
  const shown = known.get(exchange) ?? aspects.map((aspect) => aspect.of(exchange));
  known.set(exchange, shown);
  return shown;
}

/** How creates are answered, one aspect beside the other, as far as it was seen. */
export class PlainAnswers {
  readonly #seen = aspects.map(() => new Set<string>());

  /** Takes the answer to a plain create for one way of answering. */
  learn(exchange: Exchange): void {
    for (const [i, shown] of shownBy(exchange).entries())
      if (shown !== undefined) this.#seen[i]?.add(shown);
  }

  /** The first aspect in which an answer is neither right nor like that to a plain create; undefined: there is none. */
  difference(exchange: Exchange): Finding | undefined {
    for (const [i, shown] of shownBy(exchange).entries()) {
      const [seen, aspect] = [this.#seen[i], aspects[i]];
      if (shown === undefined || shown === aspect?.right || !seen?.size || seen.has(shown))
        continue;
      const finding = aspect?.otherwise(exchange);
      const plain = `plain creates: ${[...seen].sort().join(' or ')}`;
      return finding && { ...finding, detail: [finding.detail, plain].filter(Boolean).join('; ') };
    }
    return undefined;
  }
}
