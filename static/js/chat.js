// Everything the chat page is made of.

import "./failure-notice.js";
import "./seek-bar.js";
import "./message-player.js";
import "./speech-stage.js";
import "./chat-log.js";
import "./message-composer.js";
import "./new-conversation.js";
import "./conversation-editor.js";
