// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.Optional;

import dev.gatehouse.core.otp.EnrolmentUri;
import dev.gatehouse.core.otp.OtpSecret;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.FormMessage;

/** The page that a device is set up on: a QR code, the key to type, and a link for the device that shows the page. */
final class EnrolmentPage {

    static final String TEMPLATE = "gatehouse-totp-setup.ftl";

    private final RequiredActionContext context;

    EnrolmentPage(RequiredActionContext context) {
        this.context = context;
    }

    void show(OtpSecret secret) {
        NewDevice device = NewDevice.asked(context, "");
        show(secret, device, device.problem().filter(EnrolmentProblem.TOO_MANY::equals));
    }

    void show(OtpSecret secret, NewDevice device, EnrolmentProblem problem) {
        show(secret, device, Optional.of(problem));
    }

    private void show(OtpSecret secret, NewDevice device, Optional<EnrolmentProblem> problem) {
        String uri = EnrolmentUri.of(
                        issuer(context.getRealm()), context.getUser().getUsername(), secret, device.parameters())
                .reveal();
        QrCode code = QrCode.of(uri);
        LoginFormsProvider form = context.form()
                .setAttribute("gatehouseKey", secret.grouped())
                .setAttribute("gatehouseUri", uri)
                .setAttribute("gatehouseQrPath", code.path())
                .setAttribute("gatehouseQrSize", code.size())
                .setAttribute("gatehouseDigits", device.parameters().digits())
                .setAttribute("gatehouseName", device.label())
                .setAttribute("gatehouseNameNeeded", device.others() > 0);
        problem.ifPresent(it -> form.addError(new FormMessage(it.field(), it.message())));
        context.challenge(form.createForm(TEMPLATE));
    }

    private static String issuer(RealmModel realm) {
        String shown = realm.getDisplayName();
        // A name can be a key of the theme's texts; an app wants one name, whatever language the page is in.
        return shown == null || shown.isBlank() || shown.startsWith("${") ? realm.getName() : shown;
    }
}
