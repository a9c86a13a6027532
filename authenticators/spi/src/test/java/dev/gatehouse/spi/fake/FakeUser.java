// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialInput;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** An enabled account with a verified address, which a test may change. */
public final class FakeUser {

    private final String id;
    private final Set<String> requiredActions = new HashSet<>();
    private @Nullable String email;
    private boolean verified = true;
    private boolean enabled = true;
    private @Nullable String serviceAccountOf;
    private @Nullable String password;
    private final UserModel model;

    public FakeUser(String id, String username, @Nullable String email) {
        this.id = id;
        this.email = email;
        SubjectCredentialManager credentials = Stub.of(SubjectCredentialManager.class)
                .on("isConfiguredFor", call -> password != null && call.text(0).equals(PasswordCredentialModel.TYPE))
                .on("isValid", call -> ((CredentialInput[]) call.get(0))
                        [0].getChallengeResponse()
                        .equals(password))
                .get();
        this.model = Stub.of(UserModel.class)
                .is("getId", id)
                .is("getUsername", username)
                .on("getEmail", call -> this.email)
                .on("isEmailVerified", call -> verified)
                .on("setEmailVerified", call -> {
                    verified = (Boolean) call.get(0);
                    return null;
                })
                .on("isEnabled", call -> enabled)
                .is("credentialManager", credentials)
                .on("getServiceAccountClientLink", call -> serviceAccountOf)
                .on("removeRequiredAction", call -> {
                    requiredActions.remove(call.get(0).toString());
                    return null;
                })
                .get();
    }

    public String id() {
        return id;
    }

    public UserModel model() {
        return model;
    }

    public @Nullable String email() {
        return email;
    }

    public FakeUser email(@Nullable String changed) {
        email = changed;
        return this;
    }

    public FakeUser unverified() {
        verified = false;
        return this;
    }

    public boolean isVerified() {
        return verified;
    }

    public FakeUser disabled() {
        enabled = false;
        return this;
    }

    public FakeUser password(String chosen) {
        password = chosen;
        return this;
    }

    public FakeUser serviceAccountOf(String clientId) {
        serviceAccountOf = clientId;
        return this;
    }

    /** What the account has to do at its next sign-in, by name. */
    public Set<String> requiredActions() {
        return requiredActions;
    }
}
