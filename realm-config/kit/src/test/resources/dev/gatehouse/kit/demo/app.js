// SPDX-License-Identifier: Apache-2.0
import { claims, finish, signIn, signOut } from "/oidc.js";

const byId = (id) => document.getElementById(id);
const config = await (await fetch("/config.json")).json();

// The tokens live here and nowhere else: a reload forgets them.
let tokens = null;

function fail(error) {
  byId("notice").textContent = error instanceof TypeError ? "The server does not answer. Does the demo still run?" : error.message;
  byId("notice").hidden = false;
}

// One click is one request; the button stays focusable while it works.
function onClick(id, work) {
  byId(id).addEventListener("click", async () => {
    if (byId(id).ariaDisabled === "true") {
      return;
    }
    byId(id).ariaDisabled = "true";
    byId("notice").hidden = true;
    try {
      await work();
    } catch (error) {
      fail(error);
    } finally {
      byId(id).ariaDisabled = "false";
    }
  });
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function readable(name, value) {
  if (["exp", "iat", "auth_time"].includes(name)) {
    return `${value}  (${new Date(value * 1000).toLocaleTimeString()})`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function showSignedOut() {
  byId("person").textContent = config.person;
  byId("inbox").href = config.inbox;
  byId("signed-out").hidden = false;
}

function showSignedIn() {
  const access = claims(tokens.access);
  byId("heading").textContent = `Signed in as ${access.username ?? access.preferred_username ?? access.sub}`;
  document.title = `${byId("heading").textContent} · Gatehouse demo app`;
  byId("expires").textContent = `at ${new Date(access.exp * 1000).toLocaleTimeString()}`;
  byId("function-address").textContent = `GET ${config.function}/me`;
  for (const [name, value] of Object.entries(access)) {
    const row = document.createElement("div");
    row.append(element("dt", name), element("dd", readable(name, value)));
    byId("claims").append(row);
  }
  byId("signed-in").hidden = false;
  byId("heading").focus();
}

async function call(headers) {
  const response = await fetch(`${config.function}/me`, { headers });
  const body = await response.text();
  const challenge = response.headers.get("WWW-Authenticate");
  byId("answer").replaceChildren(
    element("p", `${response.status} ${response.ok ? "accepted" : "refused"}`, `status ${response.ok ? "good" : "bad"}`),
    element("pre", [challenge && `WWW-Authenticate: ${challenge}`, pretty(body)].filter(Boolean).join("\n\n") || "(no body)"),
  );
}

function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

onClick("sign-in", () => signIn(config));
onClick("call", () => call({ Authorization: `Bearer ${tokens.access}` }));
onClick("call-without", () => call({}));
onClick("sign-out", () => signOut(config, tokens.id));

try {
  tokens = location.pathname === "/callback" ? await finish(config) : null;
} catch (error) {
  fail(error);
}
if (tokens) {
  showSignedIn();
} else {
  showSignedOut();
}
