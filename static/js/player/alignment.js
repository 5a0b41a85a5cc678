// Finds the spoken words in the text people see: nearly the same, but for links, code, figures and abbreviations.

/**
 * A word and its place in the text it is from.
 *
 * @typedef {{ word: string, from: number, to: number }} Place
 */

/** How many spoken words may have no like in the text before the next that has: “twelve dollars and fifty cents”. */
const SPOKEN_ALONE = 24;

/** How many words of the text may be left out between two that are spoken: a long piece of code. */
const SILENT = 1500;

const NEAR = 3;
const FAR = 30;

/**
 * The words of `text`, without case and marks.
 *
 * @param {string} text
 * @returns {Place[]}
 */
export function wordsOf(text) {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(({ 0: word, index }) => ({
    word: word.toLowerCase(),
    from: index,
    to: index + word.length,
  }));
}

/**
 * For each spoken word the index of its like in the text; -1 where it has none. The order of both is kept.
 *
 * @param {Place[]} spoken
 * @param {Place[]} shown
 * @returns {number[]}
 */
export function aligned(spoken, shown) {
  const likes = new Array(spoken.length).fill(-1);
  let [at, there] = [0, 0];
  while (at < spoken.length && there < shown.length) {
    if (spoken[at].word !== shown[there].word) {
      const next = rejoin(spoken, shown, at, there);
      if (!next) break;
      [at, there] = next;
    }
    likes[at++] = there++;
  }
  return likes;
}

/**
 * The nearest places from which both go on alike.
 *
 * @param {Place[]} spoken
 * @param {Place[]} shown
 * @param {number} at
 * @param {number} there
 * @returns {[number, number] | null}
 */
function rejoin(spoken, shown, at, there) {
  const furthest = Math.min(SILENT, shown.length - there) + SPOKEN_ALONE;
  for (let distance = 1; distance <= furthest; distance++) {
    for (let alone = 0; alone <= Math.min(distance, SPOKEN_ALONE); alone++) {
      const [i, j] = [at + alone, there + distance - alone];
      if (i < spoken.length && goOnAlike(spoken, shown, i, j, certainty(distance))) return [i, j];
    }
  }
  return null;
}

/** How many words must be alike not to be so by chance: the more, the further away. @param {number} distance */
function certainty(distance) {
  if (distance <= NEAR) return 2;
  return distance <= FAR ? 3 : 4;
}

/** Whether so many words are the same, or both are at their end. @param {Place[]} spoken @param {Place[]} shown @param {number} i @param {number} j @param {number} count */
function goOnAlike(spoken, shown, i, j, count) {
  for (let step = 0; step < count; step++) if (spoken[i + step]?.word !== shown[j + step]?.word) return false;
  return true;
}
