// Figures as people read them: in a browser what voice/watching/words.py is on the server.

const CENT = 0.01;

const number = (digits, style = {}) => new Intl.NumberFormat("en", { maximumFractionDigits: digits, ...style });

const CENTS = number(2, { style: "currency", currency: "USD" });
const MILLIONTHS = number(6, { style: "currency", currency: "USD" });

const WRITTEN = {
  count: number(1),
  share: number(1, { style: "percent" }),
  seconds: number(3, { style: "unit", unit: "second", unitDisplay: "narrow" }),
  minutes: number(1),
  dollars: { format: (value) => (value === 0 || value >= CENT ? CENTS : MILLIONTHS).format(value) },
};

/** `value` in its unit; a dash where there is none. */
export function written(value, unit) {
  return value === null || value === undefined ? "–" : WRITTEN[unit].format(value);
}
