import { type Exchange, headerValues } from '../../../schemas/files/recording.ts';
import type { Check } from '../requirement.ts';
import { show } from './excerpt.ts';

/** A header that has one value (RFC 9110 §5.3), the same wherever it is repeated. */
export function headerCheck(
  name: string,
  holds: (value: string, exchange: Exchange) => boolean,
): Check {
  return (exchange) => {
    const [value, ...others] = new Set(headerValues(exchange.response?.headers ?? [], name));
    if (value !== undefined && others.length === 0 && holds(value, exchange)) return undefined;
    const at = { part: 'header', header: name } as const;
    if (value === undefined) return { code: 'absent', received: `no ${name}`, ...at };
    return others.length > 0
      ? {
          code: 'repeated-header',
          received: `${others.length + 1} values`,
          detail: show(value),
          ...at,
        }
      : { code: 'header-value', received: 'another value', detail: show(value), ...at };
  };
}
