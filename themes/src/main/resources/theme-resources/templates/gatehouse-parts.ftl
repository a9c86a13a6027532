<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- What the pages and mails of Gatehouse share. Nothing is printed when this file is imported. -->

<#-- A name or an address that somebody else chose, on one line: no control characters, no text direction tricks. -->
<#function plain text>
  <#local line = text?replace(r"[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069]+", " ", "r")?trim>
  <#if line?length gt 100>
    <#return line[0..<99] + "…">
  </#if>
  <#return line>
</#function>

<#-- A client's name. Those of Keycloak's own clients are message keys: a dollar sign, and the key in braces. -->
<#function clientName name>
  <#if name?matches(r"\$\{[A-Za-z0-9_.-]+\}")>
    <#return plain(advancedMsg(name))>
  </#if>
  <#return plain(name)>
</#function>

<#function pageTitle heading>
  <#return heading + " · " + (.data_model.title)!>
</#function>

<#-- For the layout of pages outside a sign-in: when another tab signs in, this page stays where it is. -->
<#function urlThatStays>
  <#return .data_model.url + {"ssoLoginInOtherTabsUrl": "#gatehouse-done"}>
</#function>

<#-- A message whose arguments are marked up. The values never pass through the message format, only through the escaping. -->
<#macro sentence key values><#list msg(key, "\x001F0\x001F", "\x001F1\x001F")?split("\x001F") as piece><#if piece?is_even_item><@strong plain(values[piece?number])/><#else>${piece}</#if></#list></#macro>
<#macro strong value><strong class="gatehouse-value<#if value?length lt 25> gatehouse-value-short</#if>"><bdi>${value}</bdi></strong></#macro>

<#-- Who asked for a mail: all of it comes from the request, so none of it is certain. -->
<#function askedByText>
  <#local device = plain(.data_model.gatehouseDevice!)>
  <#local from = plain(.data_model.gatehouseFrom!)>
  <#local who = [device, from]?filter(part -> part?has_content)?join(", ")>
  <#if who?has_content>
    <#return msg("gatehouseMailAsked", plain(.data_model.gatehouseTime!), who)>
  </#if>
  <#return msg("gatehouseMailAskedOnly", plain(.data_model.gatehouseTime!))>
</#function>

<#-- What the first proof of an account has taken away, as the server names it. -->
<#macro removed kind><#switch kind><#case "password">${msg("gatehouseFirstProofMailPassword")}<#break><#case "passkey">${msg("gatehouseFirstProofMailPasskey")}<#break><#case "broker_link">${msg("gatehouseFirstProofMailBrokerLink")}<#break><#case "email_change">${msg("gatehouseFirstProofMailEmailChange")}<#break><#case "consent">${msg("gatehouseFirstProofMailConsent")}<#break><#case "session">${msg("gatehouseFirstProofMailSession")}<#break></#switch></#macro>

<#macro styles>
  <link rel="stylesheet" href="${url.resourcesPath}/css/gatehouse-pages.css">
</#macro>

<#macro button label kind="primary" id="" attributes={}>
  <button type="submit" class="<@buttonClass kind/>"<#if id?has_content> id="${id}"</#if><#list attributes as key, value> ${key}="${value}"</#list>>${label}</button>
</#macro>

<#macro buttonClass kind><#switch kind><#case "primary">${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}<#break><#case "secondary">${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!}<#break></#switch></#macro>

<#-- The way out when an earlier step has taken the account for somebody else's. -->
<#macro startOver>
  <p class="gatehouse-muted">${msg("gatehouseNotYou")} <a id="reset-login" href="${url.loginRestartFlowUrl}">${msg("gatehouseStartOver")}</a></p>
</#macro>

<#-- One small form for each other way to sign in: one click, and no script. -->
<#macro otherWays selections own>
  <#local others = selections?filter(way -> way.authExecId != own)>
  <#if others?has_content>
    <p class="gatehouse-or"><span>${msg("gatehouseOr")}</span></p>
    <div class="gatehouse-ways">
      <#list others as way>
        <form action="${url.loginAction}" method="post">
          <input type="hidden" name="authenticationExecution" value="${way.authExecId}">
          <@button kind="secondary" label=msg(way.displayName)/>
        </form>
      </#list>
    </div>
  </#if>
</#macro>

<#macro identityProviders>
  <#if (social.providers)?has_content>
    <p class="gatehouse-or"><span>${msg("identity-provider-login-label")}</span></p>
    <ul id="kc-social-providers" class="gatehouse-ways">
      <#list social.providers as provider>
        <li>
          <a id="social-${provider.alias}" class="<@buttonClass "secondary"/>" href="${provider.loginUrl}" data-once-link data-disabled-class="${properties.kcFormSocialAccountListButtonDisabledClass!}"><#if provider.iconClasses?has_content><i class="${properties.kcCommonLogoIdP!} ${provider.iconClasses}" aria-hidden="true"></i> </#if>${provider.displayName!}</a>
        </li>
      </#list>
    </ul>
  </#if>
</#macro>

<#-- One field with its label and its error. The newer themes draw the frame of a field around the input, the older ones on it. -->
<#macro field id label value error attributes required=true>
  <#local framed = properties.kcFormGroupLabelClass??>
  <div class="${properties.kcFormGroupClass!}">
    <div class="${properties.kcFormGroupLabelClass!}">
      <label for="${id}" class="${properties.kcLabelClass!}"><span class="${properties.kcFormLabelTextClass!}">${label}</span></label>
    </div>
    <#if framed><span class="${properties.kcInputClass!}<#if error?has_content> ${properties.kcError!}</#if>"></#if>
    <input id="${id}" name="${id}" value="${value}" dir="ltr" <#if !framed>class="${properties.kcInputClass!}" </#if>autocapitalize="none" spellcheck="false"<#list attributes as key, setting> ${key}="${setting}"</#list><#if required> required</#if><#if error?has_content> autofocus aria-invalid="true" aria-describedby="input-error-${id}"</#if>>
    <#if framed></span></#if>
    <#if error?has_content>
      <div class="${properties.kcFormHelperTextClass!}" aria-live="polite">
        <div class="${properties.kcInputHelperTextClass!}">
          <div class="${properties.kcInputHelperTextItemClass!} ${properties.kcError!}">
            <span id="input-error-${id}" class="${properties.kcInputErrorMessageClass!}">${error}</span>
          </div>
        </div>
      </div>
    </#if>
  </div>
</#macro>

<#macro emailField value error>
  <@field id="email" label=msg("gatehouseMagicLinkEmail") value=value error=error attributes={"type": "email", "maxlength": "254", "autocomplete": "email"} + error?has_content?then({}, {"autofocus": "autofocus"})/>
</#macro>

<#-- A telephone number, a name or a mail address. The server takes all of them under one name. -->
<#macro numberField value error>
  <@field id="email" label=msg("gatehouseMagicLinkNumber") value=value error=error attributes={"type": "text", "maxlength": "254", "autocomplete": "username"} + error?has_content?then({}, {"autofocus": "autofocus"})/>
</#macro>

<#macro codeField digits error>
  <@field id="code" label=msg("gatehouseMagicLinkCode", digits) value="" error=error attributes={"type": "text", "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "32"}/>
</#macro>

<#macro rememberMe checked>
  <div class="${properties.kcFormGroupClass!}">
    <label for="rememberMe" class="${properties.kcCheckboxClass!properties.kcCheckClass!}">
      <input id="rememberMe" name="rememberMe" type="checkbox" class="${properties.kcCheckboxInputClass!properties.kcCheckInputClass!}"<#if checked> checked</#if>>
      <span class="${properties.kcCheckboxLabelClass!properties.kcCheckLabelClass!}">${msg("rememberMe")}</span>
    </label>
  </div>
</#macro>
