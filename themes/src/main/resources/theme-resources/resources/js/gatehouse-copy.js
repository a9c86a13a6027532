// SPDX-License-Identifier: Apache-2.0
// Buttons that copy what stands elsewhere on the page. Without this script they are not shown.

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const status = document.getElementById(button.dataset.status);
  // A page that is not served over TLS has no clipboard.
  if (!source || !navigator.clipboard) {
    continue;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.replaceAll(/\s/g, ""));
    status.textContent = button.dataset.copied;
  });
}
