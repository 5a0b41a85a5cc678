// Speech on any page of any site: <speak-button> and <speech-player>. See docs/embedding.md.

import { SpeakButton } from "./speak-button.js";
import { SpeechPlayer } from "./speech-player.js";

define("speak-button", SpeakButton);
define("speech-player", SpeechPlayer);

/** A name that is taken already stays as it is. @param {string} name @param {CustomElementConstructor} element */
function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}
