import type { Exchange, Response } from '../../schemas/files/recording.ts';
import {
  isObject,
  jsonOf,
  mediaTypesText,
  metadataOf,
  show,
} from '../requirements/match/object.ts';
import { type Fact, fact } from './fact.ts';
import { type Context, depth, shapeOf } from './normalise-body.ts';
import { headersOf } from './normalise-headers.ts';

/**
 * Everything that two answers to the same call are compared by. `root`: the service root that was
 * asked; `seen`: the ids that earlier creates were given there.
 */
export function factsOf(
  exchange: Exchange,
  { root, seen }: Pick<Context, 'root' | 'seen'>,
): Fact[] {
  const { response, failure } = exchange;
  if (response === undefined || failure !== undefined)
    return [fact('status', '', `no whole answer: ${failure?.kind ?? 'none'}`)];
  const json = jsonOf(response);
  const value = 'value' in json ? json.value : undefined;
  const empty = response.body.length === 0;
  return [
    fact('status', '', String(response.status)),
    ...(empty ? [] : mediaTypesOf(response)),
    ...(response.status >= 400 ? codesOf(value) : []),
    ...headersOf(exchange, root),
    ...('fault' in json
      ? [fact('body', '', empty ? 'empty' : json.fault)]
      : shapeOf(value, '', { exchange, root, seen })),
  ];
}

function mediaTypesOf(answer: Response): Fact[] {
  const types = mediaTypesText(answer) ?? 'none';
  // OData JSON 3.1: who does not say how much metadata there is sends the minimal amount.
  const metadata = metadataOf({ response: answer }) ?? 'minimal';
  return [fact('media type', '', types), fact('media type', 'metadata', metadata)];
}

/** The code that a client branches on, and the more specific ones that the service nests below it. */
function codesOf(value: unknown): Fact[] {
  const error = isObject(value) ? value.error : undefined;
  if (!isObject(error)) return [];
  return [fact('error code', '', show(error.code)), ...nestedCodes(error, '', 1)];
}

function nestedCodes(error: Record<string, unknown>, path: string, level: number): Fact[] {
  if (level > depth) return [];
  return Object.entries(error).flatMap(([name, value]) => {
    const below = `${path}${name}`;
    if (!/^(innererror|details)$/i.test(name)) return [];
    return [value]
      .flat()
      .filter(isObject)
      .flatMap((inner) => [
        ...('code' in inner ? [fact('error code', `${below}.code`, show(inner.code))] : []),
        ...nestedCodes(inner, `${below}.`, level + 1),
      ]);
  });
}
