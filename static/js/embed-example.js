// The example of docs/embedding.md: hands the elements the key that is pasted, and shows what they tell.

const SPEAKERS = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main speak-button, main speech-player"));
const told = document.querySelector("#told");

document.querySelector("#key").addEventListener("input", ({ target }) => {
  for (const speaker of SPEAKERS) speaker.setAttribute("key", target.value.trim());
});

for (const name of ["playing", "pause", "ended", "error"])
  for (const speaker of SPEAKERS) speaker.addEventListener(name, () => tell(speaker.localName, name));

/** The newest comes first, and the oldest go. */
function tell(who, what) {
  const line = document.createElement("li");
  line.textContent = `${who}: ${what}`;
  told.prepend(line);
  told.children[8]?.remove();
}
