<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "gatehouse-parts.ftl" as parts>
<#assign heading = msg("gatehouseTotpSetupTitle")>
<#assign codeError = messagesPerField.getFirstError("totp")>
<#assign nameError = messagesPerField.getFirstError("userLabel")>
<#global title = parts.pageTitle(heading)>
<@layout.registrationLayout displayMessage=!(codeError?has_content || nameError?has_content); section>
  <#if section = "header">
    ${heading}
  <#elseif section = "form">
    <@parts.styles/>
    <div id="gatehouse-totp-setup" class="gatehouse-page">
      <p>${msg("gatehouseTotpSetupText")}</p>
      <ol class="gatehouse-steps">
        <li>
          <p>${msg("gatehouseTotpSetupScan")}</p>
          <svg id="gatehouse-totp-qr" class="gatehouse-qr" role="img" aria-label="${msg("gatehouseTotpSetupQr")}" viewBox="0 0 ${gatehouseQrSize?c} ${gatehouseQrSize?c}" shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff"/>
            <path d="${gatehouseQrPath}" fill="#000"/>
          </svg>
          <p><a id="gatehouse-totp-open" href="${gatehouseUri}">${msg("gatehouseTotpSetupOpen")}</a></p>
          <p id="gatehouse-totp-key-label">${msg("gatehouseTotpSetupKey")}</p>
          <p class="gatehouse-key"><code id="gatehouse-totp-key" dir="ltr" aria-labelledby="gatehouse-totp-key-label">${gatehouseKey}</code></p>
          <#-- Without a script the key can be marked and copied by hand. -->
          <button type="button" id="gatehouse-totp-copy" class="<@parts.buttonClass "secondary"/>" hidden data-copy="gatehouse-totp-key" data-copied="${msg("gatehouseTotpSetupCopied")}" data-status="gatehouse-totp-copy-status">${msg("gatehouseTotpSetupCopy")}</button>
          <p id="gatehouse-totp-copy-status" class="gatehouse-muted" role="status" aria-live="polite"></p>
        </li>
        <li>
          <p>${msg("gatehouseTotpSetupEnter")}</p>
          <form id="gatehouse-totp-form" action="${url.loginAction}" method="post" novalidate>
            <@parts.field id="totp" label=msg("gatehouseTotpSetupCode", gatehouseDigits) value="" error=codeError attributes={"type": "text", "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "32"}/>
            <@parts.field id="userLabel" label=gatehouseNameNeeded?then(msg("gatehouseTotpSetupName"), msg("gatehouseTotpSetupNameOptional")) value=gatehouseName! error=nameError attributes={"type": "text", "autocomplete": "off", "maxlength": "64"} required=gatehouseNameNeeded/>
            <div class="${properties.kcFormGroupClass!}">
              <label for="logout-sessions" class="${properties.kcCheckboxClass!properties.kcCheckClass!}">
                <input id="logout-sessions" name="logout-sessions" type="checkbox" value="on" class="${properties.kcCheckboxInputClass!properties.kcCheckInputClass!}">
                <span class="${properties.kcCheckboxLabelClass!properties.kcCheckLabelClass!}">${msg("logoutOtherSessions")}</span>
              </label>
            </div>
            <@parts.button id="gatehouse-totp-save" label=msg("gatehouseTotpSetupSave")/>
            <#if isAppInitiatedAction??>
              <@parts.button kind="secondary" id="gatehouse-totp-cancel" label=msg("doCancel") attributes={"name": "cancel-aia", "value": "true", "formnovalidate": "formnovalidate"}/>
            </#if>
          </form>
        </li>
      </ol>
    </div>
    <script type="module" src="${url.resourcesPath}/js/gatehouse-copy.js"></script>
  </#if>
</@layout.registrationLayout>
