// The messages of a conversation, and the ones that arrive.

/** `<chat-log>`: appends copies of its templates and brings the newest into sight. */
export class ChatLog extends HTMLElement {
  connectedCallback() {
    if (location.hash && this.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`)) return;
    const { scrollingElement: page } = document;
    page.scrollTo({ top: page.scrollHeight, behavior: "instant" });
  }

  /** What the person wrote, before the server has it; remove it when it never gets there. */
  said(text) {
    this.querySelector(".beginning")?.remove();
    const article = this.copy("said");
    article.querySelector(".words").textContent = text;
    article.classList.add("pending");
    return this.show(article);
  }

  /** A sign that the reply is on its way. */
  writing() {
    return this.show(this.copy("writing"));
  }

  /** The reply; its HTML was made safe by the server. */
  reply({ id, html, url, audio_url: audioUrl, audio_ready: ready }) {
    const article = this.copy("reply");
    article.id = `message-${id}`;
    article.querySelector(".prose").innerHTML = html;
    const player = article.querySelector("message-player");
    player.setAttribute("src", audioUrl);
    player.dataset.message = url;
    if (ready) player.dataset.audio = "ready";
    this.show(article);
    player.request("replyarrived");
  }

  copy(kind) {
    return this.querySelector(`template[data-kind=${kind}]`).content.cloneNode(true).firstElementChild;
  }

  show(element) {
    this.append(element);
    element.scrollIntoView({ block: "nearest" });
    return element;
  }
}

customElements.define("chat-log", ChatLog);
