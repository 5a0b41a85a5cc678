// Follows the links between conversations without leaving the page, so that whoever speaks is not cut off.

const OURS = /^\/calls(\/[^/]+\/messages)?$/;
const SHOWN = ".with-side";

/**
 * Fires `pagechange` after another page is shown, and `pagefailure`, whose `detail` is its address, when it cannot be
 * had: then all stays as it was.
 */
export class Navigation extends EventTarget {
  going = new AbortController();

  /** What is shown just now, without the place on it. */
  here = "";

  /** Follow links from now on, and the browser's own way back and forth. */
  start() {
    history.scrollRestoration = "manual";
    this.here = hereNow();
    document.addEventListener("click", (event) => this.click(event));
    addEventListener("popstate", ({ state }) => this.show(location.href, state?.top));
  }

  /** @param {MouseEvent} event */
  click(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || !follows(event, link)) return;
    event.preventDefault();
    this.go(link.href);
  }

  /** Show another of our pages; any other is opened as ever. @param {string} address @param {{ replace?: boolean }} [how] */
  async go(address, { replace = false } = {}) {
    const url = new URL(address, location.href);
    if (!isOurs(url)) return location.assign(url);
    const page = await this.fetch(url.href);
    if (!page) return;
    history.replaceState({ top: scrollY }, "");
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    this.put(page);
  }

  /** Show the page the address bar names already. @param {string} address @param {number} [top] how far it was scrolled */
  async show(address, top) {
    if (this.here === hereNow()) return;
    const page = await this.fetch(address);
    if (!page) return;
    this.put(page);
    if (top !== undefined) scrollTo({ top, behavior: "instant" });
  }

  /**
   * The page at an address; null when it cannot be had, or somebody wants another one by now.
   *
   * @param {string} address
   */
  async fetch(address) {
    this.going.abort();
    this.going = new AbortController();
    const { signal } = this.going;
    const main = document.querySelector("main");
    main?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
      if (answer.ok && isOurs(new URL(answer.url))) return parsed(await answer.text());
      location.assign(address); // signing in, or an error: pages of their own
    } catch {
      if (!signal.aborted) this.dispatchEvent(new CustomEvent("pagefailure", { detail: address }));
    }
    main?.removeAttribute("aria-busy");
    return null;
  }

  /** @param {Document} page */
  put(page) {
    this.here = hereNow();
    const side = document.querySelector(".side")?.scrollTop ?? 0;
    const eager = page.querySelector("[autofocus]");
    eager?.removeAttribute("autofocus"); // a browser heeds it once a page, and complains the next time
    document.title = page.title;
    document.querySelector(SHOWN)?.replaceWith(/** @type {Element} */ (page.querySelector(SHOWN)));
    document.querySelector(".side")?.scrollTo({ top: side, behavior: "instant" });
    if (!document.querySelector("chat-log")) scrollTo({ top: 0, behavior: "instant" });
    focusOn(location.hash, eager);
    this.dispatchEvent(new Event("pagechange"));
  }
}

/** Whether a click is one that opens a page of ours right here. @param {MouseEvent} event @param {HTMLAnchorElement} link */
function follows(event, link) {
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target || link.download;
  return event.button === 0 && !event.defaultPrevented && !elsewhere && isOurs(link) && !isHere(link);
}

/** @param {URL | HTMLAnchorElement} url */
function isOurs({ origin, pathname }) {
  return origin === location.origin && OURS.test(pathname);
}

/** A place on this very page: the browser goes there by itself. @param {HTMLAnchorElement} link */
function isHere({ pathname, search, hash }) {
  return Boolean(hash) && pathname === location.pathname && search === location.search;
}

function hereNow() {
  return location.pathname + location.search;
}

/** @param {string} text */
function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/**
 * Where reading goes on: the message that was asked for, a field that wants to be written in, or the heading.
 *
 * @param {string} hash
 * @param {Element | null} eager
 */
function focusOn(hash, eager) {
  const asked = hash ? document.getElementById(hash.slice(1)) : null;
  asked?.scrollIntoView({ block: "start", behavior: "instant" });
  const headings = ["main h1", ".side h2"].map((css) => document.querySelector(css));
  const target = [asked, eager, ...headings].find((one) => one?.checkVisibility());
  if (!(target instanceof HTMLElement)) return;
  if (target !== eager) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

export const navigation = new Navigation();
