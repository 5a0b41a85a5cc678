// A text as the browser's own voice reads it: by sentences, and as fast as people speak.

/** @import { Captions, Sentence } from "./way.js" */

/** Letters and spaces a second, at the usual speed. */
export const PACE = 14;

/** Some voices fall silent after fifteen seconds of one utterance. */
const LONGEST = 180;

/** What a sentence seldom ends with: “Dr.”, “Mrs.”; should it, it is said with the next one. */
const ABBREVIATED = /(^|[^\p{L}])\p{Lu}\p{Ll}{0,3}\. *$/u;

/** Scripts that tell a language; what they cannot tell apart is left to the page's. @type {[RegExp, string][]} */
const SCRIPTS = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Han}/u, "zh"],
  [/\p{Script=Cyrillic}/u, "ru"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Devanagari}/u, "hi"],
  [/\p{Script=Thai}/u, "th"],
];

/**
 * Captions of what nobody has timed yet: `from` and `to` are places in `text`.
 *
 * @param {string} text
 * @returns {Captions}
 */
export function paced(text) {
  let start = 0;
  const sentences = [...sentencesOf(text)].map((/** @type {Sentence} */ sentence) => {
    const end = start + sentence.text.length / PACE;
    const timed = { ...sentence, start, end };
    start = end;
    return timed;
  });
  return { duration: start, exact: false, sentences };
}

/** @param {string} text */
function* sentencesOf(text) {
  let from = 0;
  for (const sentence of whole(text)) {
    for (const piece of pieces(sentence)) {
      const said = piece.trim();
      const at = from + piece.indexOf(said);
      if (/[\p{L}\p{N}]/u.test(said)) yield { text: said, from: at, to: at + said.length, start: 0, end: 0 };
      from += piece.length;
    }
  }
}

/** The sentences of a text, with all that is between them. @param {string} text */
function* whole(text) {
  let begun = "";
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)) {
    begun += segment;
    if (ABBREVIATED.test(begun)) continue;
    yield begun;
    begun = "";
  }
  if (begun) yield begun;
}

/** A sentence, in pieces of a length that can be spoken at once. @param {string} sentence */
function pieces(sentence) {
  return sentence.match(new RegExp(`[^]{1,${LONGEST}}(?=\\s|$)|[^]{1,${LONGEST}}`, "gu")) ?? [];
}

/**
 * The language of `text` as far as its letters tell it.
 *
 * @param {string} text
 * @param {string} usual
 */
export function languageOf(text, usual) {
  return SCRIPTS.find(([script]) => script.test(text))?.[1] ?? usual;
}

/**
 * The best voice for a language: one that needs no network first. Null where there is none at all.
 *
 * @template {{ lang: string, localService: boolean, default: boolean }} Voice
 * @param {Voice[]} voices
 * @param {string} language
 * @returns {Voice | null}
 */
export function voiceFor(voices, language) {
  const speaks = voices.filter(({ lang }) => lang.replace("_", "-").split("-")[0] === language.split("-")[0]);
  const [best] = speaks.toSorted((a, b) => worth(b) - worth(a));
  return best ?? voices.find((voice) => voice.default) ?? voices[0] ?? null;
}

/** @param {{ localService: boolean, default: boolean }} voice */
function worth(voice) {
  return 2 * Number(voice.localService) + Number(voice.default);
}
