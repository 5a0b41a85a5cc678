// Everything the chat page is made of.

import "./failure-notice.js";
import "./seek-bar.js";
import "./queue-list.js";
import "./message-player.js";
import "./speech-player.js";
import "./chat-log.js";
import "./message-composer.js";
import "./new-conversation.js";
import "./conversation-editor.js";
import "./page-failure.js";
import { navigation } from "./player/navigation.js";

navigation.start();
