// SPDX-License-Identifier: Apache-2.0
// OpenID Connect for one page: authorization code with PKCE, state and nonce. Nothing of it is specific to Gatehouse.

const MEMORY = "demo.sign-in";

function base64url(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function endpoints(config) {
  const response = await fetch(`${config.issuer}/.well-known/openid-configuration`);
  const found = await response.json();
  if (found.issuer !== config.issuer) {
    throw new Error("The server calls itself by another name than the app knows.");
  }
  return found;
}

// The payload of a token, for showing and for the checks below. The token came straight from the token endpoint;
// whoever gets one any other way must verify its signature.
export function claims(token) {
  const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

// Goes to the sign-in page. What is needed on the way back lives in this tab only.
export async function signIn(config) {
  const { authorization_endpoint: address } = await endpoints(config);
  const memory = { verifier: random(), state: random(), nonce: random() };
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(memory.verifier));
  sessionStorage.setItem(MEMORY, JSON.stringify(memory));
  location.assign(
    `${address}?${new URLSearchParams({
      response_type: "code",
      client_id: config.clientId,
      redirect_uri: config.redirectUri,
      scope: "openid",
      state: memory.state,
      nonce: memory.nonce,
      code_challenge: base64url(hash),
      code_challenge_method: "S256",
    })}`,
  );
}

// Turns the answer in the address into tokens. The answer and the memory of the sign-in serve once.
export async function finish(config) {
  const answer = new URLSearchParams(location.search);
  const memory = JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
  sessionStorage.removeItem(MEMORY);
  history.replaceState(null, "", "/");
  if (!memory || answer.get("state") !== memory.state) {
    throw new Error("This answer belongs to no sign-in of this tab.");
  }
  if (answer.has("iss") && answer.get("iss") !== config.issuer) {
    throw new Error("This answer comes from another server.");
  }
  if (answer.has("error")) {
    throw new Error(`The sign-in was not finished: ${answer.get("error_description") ?? answer.get("error")}`);
  }
  const { token_endpoint: address } = await endpoints(config);
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: config.clientId,
      redirect_uri: config.redirectUri,
      code: answer.get("code") ?? "",
      code_verifier: memory.verifier,
    }),
  });
  const tokens = await response.json();
  if (!response.ok) {
    throw new Error(`The code was not taken: ${tokens.error_description ?? tokens.error}`);
  }
  const identity = claims(tokens.id_token);
  if (identity.nonce !== memory.nonce || identity.iss !== config.issuer || identity.aud !== config.clientId) {
    throw new Error("The ID token belongs to another sign-in.");
  }
  return { access: tokens.access_token, id: tokens.id_token };
}

export async function signOut(config, idToken) {
  const { end_session_endpoint: address } = await endpoints(config);
  location.assign(
    `${address}?${new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: config.signedOutUri })}`,
  );
}
