// SPDX-License-Identifier: Apache-2.0
// Looks for new mail. Without this script the page reloads itself instead.

const mails = document.getElementById("mails");
const count = document.getElementById("count");
const PAUSE = 1500;

async function look() {
  try {
    const response = await fetch("/", { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const list = fresh.getElementById("mails");
    // Only a change touches the page: a reader's focus and a screen reader's place stay where they are.
    if (list && list.innerHTML !== mails.innerHTML) {
      mails.replaceChildren(...list.childNodes);
      count.textContent = fresh.getElementById("count").textContent;
    }
    setTimeout(look, PAUSE);
  } catch {
    count.textContent = "The demo has ended.";
  }
}

setTimeout(look, PAUSE);
