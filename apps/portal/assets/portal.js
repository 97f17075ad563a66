// Everything works without this file. It keeps a form from being sent twice, shows how an import
// goes, and offers the zone of this device.
'use strict';

addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || form.dataset.import !== undefined) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = 'yes';
  // After the submission was made: a disabled button would not be part of it.
  setTimeout(() => form.querySelectorAll('button').forEach((button) => (button.disabled = true)));
});

// A page that Back brings out of the cache may be used again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    form.querySelectorAll('button').forEach((button) => (button.disabled = false));
  }
});

// A page that failed as a whole is shown as a whole: there is no part of it to cut out.
document.addEventListener('htmx:response:error', (event) => {
  const { response, request } = event.detail.ctx;
  if (response.status >= 500) location.assign(request.action);
});
addEventListener('htmx:error', (event) => {
  if (!event.detail.ctx.response) location.assign(event.detail.ctx.request.action);
});

const part = async (url) => {
  const answer = await fetch(url, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('import');
};

/** Shows the import at `url` inside `place` each second until it has ended; then goes there. */
function follow(url, place) {
  const spoken = document.createElement('p');
  spoken.className = 'hint-text';
  spoken.setAttribute('role', 'status');
  place.after(spoken);
  let said = -1;
  const timer = setInterval(async () => {
    const state = await part(url).catch(() => null);
    if (!state) return;
    if (state.dataset.running === undefined) return stop(url);
    for (const heading of state.querySelectorAll('h1')) heading.outerHTML = `<h2>${heading.innerHTML}</h2>`;
    place.replaceChildren(...state.childNodes);
    const tenth = Math.floor((place.querySelector('progress')?.value ?? 0) / 10);
    if (tenth !== said) spoken.textContent = `${(said = tenth) * 10} %`;
  }, 1000);
  const stop = (next) => {
    clearInterval(timer);
    location.assign(next);
  };
  return stop;
}

const upload = document.querySelector('form[data-import]');
upload?.addEventListener('submit', (event) => {
  event.preventDefault();
  if (upload.dataset.sent) return;
  upload.dataset.sent = 'yes';
  const body = new FormData(upload);
  const page = new URL(upload.action).pathname;
  const stop = follow(page, upload.querySelector('[data-import-live]'));
  upload.querySelectorAll('button, input').forEach((control) => (control.disabled = true));
  fetch(upload.action, { method: 'POST', body })
    .then((answer) => stop(answer.ok || answer.redirected ? answer.url : page))
    .catch(() => stop(page));
});

const running = document.querySelector('#import[data-running]');
if (running) follow(location.pathname, running);

const offer = document.querySelector('[data-device-zone]');
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = offer && document.getElementById(offer.dataset.deviceZone);
if (zones && zones.value !== zone && [...zones.options].some((option) => option.value === zone)) {
  offer.hidden = false;
  offer.textContent += ` (${zone})`;
  offer.addEventListener('click', () => {
    zones.value = zone;
    offer.hidden = true;
  });
}
