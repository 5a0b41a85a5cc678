// Figures as people read them: in a browser what voice/watching/words.py is on the server.

const number = (digits, style = {}) => new Intl.NumberFormat("en", { maximumFractionDigits: digits, ...style });

const WRITTEN = {
  count: number(1),
  share: number(1, { style: "percent" }),
  seconds: number(3, { style: "unit", unit: "second", unitDisplay: "narrow" }),
  minutes: number(1),
  dollars: new Intl.NumberFormat("en", { style: "currency", currency: "USD", maximumSignificantDigits: 6 }),
};

/** `value` in its unit; a dash where there is none. */
export function written(value, unit) {
  return value === null || value === undefined ? "–" : WRITTEN[unit].format(value);
}
