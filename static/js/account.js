// Everything the account page is made of.

import "./copy-once.js";
import "./voice-sample.js";
