// SPDX-License-Identifier: Apache-2.0
// The page "Check your mail": asks the server whether the link was confirmed, and goes on once it was.
// Without this script the page works by its buttons.

const SLOWEST_POLL_MILLIS = 15_000;
const ANSWER_TIMEOUT_MILLIS = 10_000;

/** Asks again and again until the server says something final; errors slow it down. */
function poll(page) {
  const { statusUrl, continueUrl } = page.dataset;
  const interval = Number(page.dataset.pollMillis);
  const deadline = Date.now() + Number(page.dataset.lifetimeSeconds) * 1000;
  let delay = interval;
  let timer;
  let asking = false;
  let paused = false;
  let over = false;

  async function ask() {
    const answer = await fetch(statusUrl, {
      credentials: "same-origin",
      cache: "no-store",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MILLIS),
    });
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    return (await answer.json()).state;
  }

  async function look() {
    if (asking || paused || over) {
      return;
    }
    asking = true;
    clearTimeout(timer);
    let state = "waiting";
    try {
      state = await ask();
      delay = interval;
    } catch {
      delay = Math.min(delay * 2, SLOWEST_POLL_MILLIS);
    }
    asking = false;
    if (over || paused) {
      return;
    }
    if (state === "approved") {
      over = true;
      say(page.dataset.textApproved);
      location.replace(continueUrl);
    } else if (state === "expired" || state === "gone") {
      end(state);
    } else if (Date.now() >= deadline) {
      end("expired");
    } else {
      timer = setTimeout(look, delay);
    }
  }

  function end(state) {
    over = true;
    for (const part of page.querySelectorAll("[data-gatehouse-while-waiting]")) {
      part.hidden = true;
    }
    say(state === "gone" ? page.dataset.textGone : page.dataset.textExpired);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      look();
    }
  });
  window.addEventListener("focus", look);
  window.addEventListener("pageshow", () => {
    // Back from another page: a form that was sent from here no longer counts.
    paused = false;
    look();
  });
  document.addEventListener("submit", () => {
    // The answer to the form is the next page; going on by ourselves now would race with it.
    paused = true;
    clearTimeout(timer);
  });
  look();
}

/** The region is a live one, so what it says is also read out. */
function say(text) {
  document.getElementById("gatehouse-status").textContent = text;
}

/** Minutes and seconds, as a clock shows them. */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Keeps the button shut while the server would refuse, and counts the seconds on it. */
function countDown(button) {
  const ready = Date.now() + Number(button.dataset.resendIn) * 1000;

  function tick() {
    const seconds = Math.ceil((ready - Date.now()) / 1000);
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? button.dataset.labelWait.replace("{n}", clock(seconds)) : button.dataset.labelReady;
    if (seconds > 0) {
      setTimeout(tick, 250);
    }
  }

  // The button says it from here on.
  button.removeAttribute("aria-describedby");
  document.getElementById("gatehouse-resend-hint").hidden = true;
  tick();
}

const page = document.getElementById("gatehouse-magic-link-sent");
if (page?.dataset.statusUrl) {
  poll(page);
}
const resend = page?.querySelector("button[data-resend-in]");
if (resend) {
  countDown(resend);
}
