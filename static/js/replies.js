// The replies the page shows just now.

const REPLIES = "chat-log message-player";

/** What can be heard of them, the oldest first. */
export function repliesShown() {
  return [...document.querySelectorAll(REPLIES)].map((reply) => reply.item);
}

/** The `<message-player>` of a message; null where it is not shown. */
export function replyOf(id) {
  return document.getElementById(`message-${id}`)?.querySelector("message-player") ?? null;
}

/** Show on each of them whether it is heard, and whether it waits its turn. */
export function paintReplies(playback, queue) {
  for (const reply of document.querySelectorAll(REPLIES)) {
    const { id } = reply.item;
    const heard = id === playback.item?.id;
    reply.toggleAttribute("data-queued", queue.waits(id));
    if (heard && playback.failure) reply.fail(playback.failure);
    else reply.state = heard ? playback.state : "idle";
  }
}
