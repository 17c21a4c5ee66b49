import { atOffset, readInstant, showInstant } from '../mutants/defects/instant.ts';
import { onDate } from '../mutants/defects/on.ts';
import { type Variant, variant } from './variant.ts';

/** The date with another fraction; one without stays without. */
function withFraction(date: string, change: (fraction: string) => string): string {
  const instant = readInstant(date);
  return showInstant({ ...instant, fraction: change(instant.fraction) });
}

export const dates: Variant[] = [
  variant('date-utc', 'OData 11.4.1.2: the offset may be normalised.', () =>
    onDate((date) => atOffset(date, undefined)),
  ),
  variant('date-plus-zero', 'OData ABNF: +00:00 is an offset like any other.', () =>
    onDate((date) => atOffset(date, 0)),
  ),
  variant('date-minus-zero', 'OData ABNF: -00:00 matches.', () =>
    onDate((date) => atOffset(date, 0).replace('+00:00', '-00:00')),
  ),
  variant('date-east', 'OData 11.4.1.2: the same instant at another offset.', () =>
    onDate((date) => atOffset(date, 345)),
  ),
  variant('date-west', 'OData 11.4.1.2: the same instant at another offset.', () =>
    onDate((date) => atOffset(date, -570)),
  ),
  variant('date-far-offset', 'OData ABNF: offsets go to 23:59.', () =>
    onDate((date) => atOffset(date, 23 * 60 + 59)),
  ),
  variant('date-twelve-digits', 'OData ABNF: up to twelve digits, here zeros.', () =>
    onDate((date) => withFraction(date, (fraction) => fraction.padEnd(12, '0'))),
  ),
  variant('date-shortest-fraction', 'OData ABNF: trailing zeros say nothing.', () =>
    onDate((date) => withFraction(date, (fraction) => fraction.replace(/0+$/, ''))),
  ),
  variant('date-no-zero-seconds', 'OData ABNF: seconds are optional.', () =>
    onDate((date) => date.replace(/(T\d\d:\d\d):00(?:\.0+)?(?=[Z+-])/i, '$1')),
  ),
  variant('date-lower-case', 'OData ABNF: T and Z match in lower case.', () =>
    onDate((date) => atOffset(date, undefined).toLowerCase()),
  ),
];
