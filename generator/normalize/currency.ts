import { words } from '../discover/words.js';
import type { CurrencyOut, RequestPlace } from '../ir.js';
import { yamlText } from '../yaml-text.js';
import { ask, type CreateContext, placeText } from './context.js';
import { holderOf, isAround, listPlaces, type PlacedShape } from './place.js';
import { findPart } from './request.js';

/** Where the request says the currency of its amount: beside it, or around it. */
export function findCurrency(context: CreateContext, amount: RequestPlace): CurrencyOut | null {
  const isDeclared = context.xRefund.request?.currency !== undefined;
  const declared = isDeclared ? findPart(context, 'currency')?.value : undefined;
  const found = declared ?? (isDeclared ? undefined : guessCurrency(context, amount));
  if (found === undefined) return null;
  const { place, required, shape } = found;
  const values = shape.kind === 'string' ? (shape.enum ?? []) : [];
  const isLower = values.length > 0 && values.every((value) => value === value.toLowerCase());
  const letters = context.xRefund.amount?.currencyCase ?? (isLower ? 'lower' : 'upper');
  return { place, required, letters };
}

function guessCurrency(context: CreateContext, amount: RequestPlace): PlacedShape | undefined {
  const named = listPlaces(context.create).filter(
    ({ place, shape }) => shape.kind === 'string' && isCurrency(place.path.at(-1) ?? ''),
  );
  const above = named.filter(({ place }) => isAround(holderOf(place), holderOf(amount)));
  // `{ refund: { currency, transactions: [{ amount }] } }`: the nearest one around the amount.
  const depth = Math.max(0, ...above.map(({ place }) => place.path.length));
  const nearest = above.filter(({ place }) => place.path.length === depth);
  const prefix = prefixOf(amount.path.at(-1) ?? '');
  const alike = nearest.filter(({ place }) => prefixOf(place.path.at(-1) ?? '') === prefix);
  const found = alike.length > 0 ? alike : nearest;
  if (found.length <= 1) return found[0];
  const texts = found.map(({ place }) => placeText(place));
  const [first = '', ...rest] = texts;
  const lines = `request:\n  currency: ${yamlText(first)}   # or ${rest.join(', ')}`;
  const asked = `which of ${texts.join(', ')} is the currency of ${placeText(amount)}?`;
  ask(context, 'R040', asked, lines, context.create.evidence.pointer);
  return undefined;
}

/** `refund_amount` and `refund_currency_code` say of one thing how much, and of what. */
function prefixOf(name: string): string {
  return words(name)
    .filter((word) => !/^(amount|value|total|currency|ccy|code|iso|alpha)$/.test(word))
    .join(' ');
}

function isCurrency(name: string): boolean {
  const own = words(name);
  return (
    own.some((word) => word === 'currency' || word === 'ccy') &&
    own.every((word) => /^(currency|ccy|code|iso|amount|refund|transaction|alpha)$/.test(word))
  );
}
