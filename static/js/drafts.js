// What was begun to be written, by conversation, for as long as the tab is open.

const drafts = new Map();

/** The draft for the conversation whose messages are posted to `action`; empty when there is none. */
export function draftOf(action) {
  return drafts.get(action) ?? "";
}

export function keepDraft(action, text) {
  if (text) drafts.set(action, text);
  else drafts.delete(action);
}
