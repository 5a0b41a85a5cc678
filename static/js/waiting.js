// When somebody may come back, as people say it, by their own clock.

const WORDS = "en-GB"; // the page's; the clock is the reader's
const SOON_S = 90;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/**
 * `seconds` from `now`: "in 12 seconds", "in 5 minutes", "at 18:00", "tomorrow at 02:00", "on 1 December".
 *
 * @param {number} seconds
 */
export function whenAgain(seconds, now = new Date()) {
  const again = new Date(now.getTime() + 1000 * seconds);
  if (seconds < SOON_S) return counted(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds < HOUR_S) return counted(Math.ceil(seconds / 60), "minute");
  if (seconds > 2 * DAY_S) return `on ${again.toLocaleDateString(WORDS, { day: "numeric", month: "long" })}`;
  const time = again.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const day = again.toDateString();
  if (day === now.toDateString()) return `at ${time}`;
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).toDateString();
  return day === tomorrow ? `tomorrow at ${time}` : `on ${again.toLocaleDateString(WORDS, { weekday: "long" })} at ${time}`;
}

/** @param {number} number @param {string} unit */
function counted(number, unit) {
  return `in ${number} ${unit}${number === 1 ? "" : "s"}`;
}
