// Keeps an open page up to date. The server sends an event for each new version; the script then fetches the page again
// and replaces its content: only the server knows how it looks. A page without `data-events` is final. Without this
// script the page reloads itself every few seconds.

const reconnectMs = 3_000;
/** The page does not complain about a connection that is back by then. */
const patienceMs = 2_000;
const main = document.querySelector('main');
const announcement = document.querySelector('#announcement');
const offline = document.querySelector('#offline');
const address = main?.dataset.events;

if (main && address) connect(main, address);

/**
 * Follows the server's events. The first event after each connection names the current version, so no change is missed.
 *
 * @param {HTMLElement} main
 * @param {string} address
 */
function connect(main, address) {
  const source = new EventSource(address);
  let wanted = main.dataset.version;
  let isBusy = false;
  let isLost = false;
  let isOver = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let complaint;

  /** Loads the page until it shows the wanted version; then waits for more, connects again, or ends. */
  async function refresh() {
    if (isBusy || isOver) return;
    isBusy = true;
    try {
      for (let shown; shown !== wanted || isLost; ) {
        shown = wanted;
        if (await load(main)) return end();
        if (isLost) return connectAgain();
      }
    } catch {
      connectAgain();
    } finally {
      isBusy = false;
    }
  }

  function end() {
    isOver = true;
    source.close();
    clearTimeout(complaint);
  }

  function connectAgain() {
    end();
    complain();
    setTimeout(connect, reconnectMs, main, address);
  }

  source.addEventListener('change', ({ data }) => {
    if (data === wanted) return;
    wanted = data;
    refresh();
  });
  source.addEventListener('open', () => {
    clearTimeout(complaint);
    complaint = undefined;
    offline?.toggleAttribute('hidden', true);
    if (announcement && announcement.textContent === offline?.textContent) announcement.textContent = '';
  });
  source.addEventListener('error', () => {
    isLost = source.readyState === EventSource.CLOSED; // otherwise it connects again by itself
    if (isLost) refresh();
    else complaint ??= setTimeout(complain, patienceMs);
  });
}

/** Says that there is no connection, also to screen readers. */
function complain() {
  offline?.toggleAttribute('hidden', false);
  if (announcement && offline) announcement.textContent = offline.textContent;
}

/**
 * Shows the current page of the server.
 *
 * @param {HTMLElement} main
 * @returns {Promise<boolean>} whether it is final
 */
async function load(main) {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok && response.status !== 404) throw new Error(`${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.querySelector('main');
  if (!fresh) throw new Error('no page');

  const focused = main.contains(document.activeElement) ? document.activeElement : null;
  document.title = page.title;
  main.replaceChildren(...fresh.childNodes);
  main.dataset.version = fresh.dataset.version ?? '';
  const said = fresh.dataset.announce ?? '';
  if (announcement && announcement.textContent !== said) announcement.textContent = said;
  if (focused) (document.getElementById(focused.id) ?? main.querySelector('h1'))?.focus();
  return fresh.dataset.events === undefined;
}
