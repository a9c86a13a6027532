// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** An enabled account with a verified address, which a test may change. */
public final class FakeUser {

    private final String id;
    private final Set<String> requiredActions = new HashSet<>();
    private final Set<RoleModel> roles = new HashSet<>();
    private @Nullable String email;
    private boolean verified = true;
    private boolean enabled = true;
    private @Nullable String serviceAccountOf;
    private @Nullable String password;
    private final List<CredentialModel> stored = new CopyOnWriteArrayList<>();
    private final List<CredentialModel> written = new CopyOnWriteArrayList<>();
    private final Map<String, String> attributes = new HashMap<>();
    private final UserModel model;

    public FakeUser(String id, String username, @Nullable String email) {
        this.id = id;
        this.email = email;
        SubjectCredentialManager credentials = Stub.of(SubjectCredentialManager.class)
                .on("isConfiguredFor", call -> password != null && call.text(0).equals(PasswordCredentialModel.TYPE))
                .on("isValid", call -> ((CredentialInput[]) call.get(0))
                        [0].getChallengeResponse()
                        .equals(password))
                .on("createStoredCredential", call -> store((CredentialModel) call.get(0)))
                .on("updateStoredCredential", call -> {
                    update((CredentialModel) call.get(0));
                    return null;
                })
                .on("getStoredCredentialById", call -> stored(call.text(0)))
                .on("getStoredCredentialsStream", call -> List.copyOf(stored).stream())
                .on("getStoredCredentialsByTypeStream", call -> List.copyOf(stored).stream()
                        .filter(credential -> call.get(0).equals(credential.getType())))
                .on(
                        "removeStoredCredentialById",
                        call -> stored.removeIf(credential -> call.get(0).equals(credential.getId())))
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
                .on("setEnabled", call -> {
                    enabled = (Boolean) call.get(0);
                    return null;
                })
                .is("credentialManager", credentials)
                .on("getServiceAccountClientLink", call -> serviceAccountOf)
                .on("getRoleMappingsStream", call -> roles.stream())
                .on("getGroupsStream", call -> Stream.empty())
                .is("isFederated", false)
                .on("getFirstAttribute", call -> attributes.get(call.text(0)))
                .on("setSingleAttribute", call -> attributes.put(call.text(0), call.text(1)))
                .on("removeAttribute", call -> attributes.remove(call.text(0)))
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

    /** Gives the account a credential that is stored for it; nothing is checked against it. */
    public CredentialModel credential(String credentialId, String type) {
        CredentialModel credential = new CredentialModel();
        credential.setId(credentialId);
        credential.setType(type);
        credential.setSecretData("secret of " + credentialId);
        stored.add(credential);
        return credential;
    }

    /** Stores a credential as it is, as the database has it. */
    public CredentialModel store(CredentialModel credential) {
        written.add(credential.shallowClone());
        stored.add(credential.shallowClone());
        return credential;
    }

    private synchronized void update(CredentialModel credential) {
        written.add(credential.shallowClone());
        stored.replaceAll(old -> Objects.equals(old.getId(), credential.getId()) ? credential.shallowClone() : old);
    }

    /** A copy of what is stored under that id. */
    public @Nullable CredentialModel stored(String credentialId) {
        return stored.stream()
                .filter(credential -> credentialId.equals(credential.getId()))
                .findFirst()
                .map(CredentialModel::shallowClone)
                .orElse(null);
    }

    /** Every credential that was to be stored or changed, the oldest first, as it was then. */
    public List<CredentialModel> written() {
        return List.copyOf(written);
    }

    /** The credentials that are stored, by their ids. */
    public List<String> credentials() {
        return stored.stream().map(CredentialModel::getId).toList();
    }

    /** The account's own attributes. */
    public Map<String, String> attributes() {
        return attributes;
    }

    public FakeUser serviceAccountOf(String clientId) {
        serviceAccountOf = clientId;
        return this;
    }

    public FakeUser role(RoleModel role) {
        roles.add(role);
        return this;
    }

    /** What the account has to do at its next sign-in, by name. */
    public Set<String> requiredActions() {
        return requiredActions;
    }
}
