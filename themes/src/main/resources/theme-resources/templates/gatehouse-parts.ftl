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

<#-- The newer themes draw the frame of a field around the input, the older ones on it. -->
<#macro emailField value error>
  <#local framed = properties.kcFormGroupLabelClass??>
  <div class="${properties.kcFormGroupClass!}">
    <div class="${properties.kcFormGroupLabelClass!}">
      <label for="email" class="${properties.kcLabelClass!}"><span class="${properties.kcFormLabelTextClass!}">${msg("gatehouseMagicLinkEmail")}</span></label>
    </div>
    <#if framed><span class="${properties.kcInputClass!}<#if error?has_content> ${properties.kcError!}</#if>"></#if>
    <input id="email" name="email" type="email" value="${value}" maxlength="254" dir="ltr" <#if !framed>class="${properties.kcInputClass!}" </#if>autocomplete="email" autocapitalize="none" spellcheck="false" autofocus required<#if error?has_content> aria-invalid="true" aria-describedby="input-error-email"</#if>>
    <#if framed></span></#if>
    <#if error?has_content>
      <div class="${properties.kcFormHelperTextClass!}" aria-live="polite">
        <div class="${properties.kcInputHelperTextClass!}">
          <div class="${properties.kcInputHelperTextItemClass!} ${properties.kcError!}">
            <span id="input-error-email" class="${properties.kcInputErrorMessageClass!}">${error}</span>
          </div>
        </div>
      </div>
    </#if>
  </div>
</#macro>

<#macro rememberMe checked>
  <div class="${properties.kcFormGroupClass!}">
    <label for="rememberMe" class="${properties.kcCheckboxClass!properties.kcCheckClass!}">
      <input id="rememberMe" name="rememberMe" type="checkbox" class="${properties.kcCheckboxInputClass!properties.kcCheckInputClass!}"<#if checked> checked</#if>>
      <span class="${properties.kcCheckboxLabelClass!properties.kcCheckLabelClass!}">${msg("rememberMe")}</span>
    </label>
  </div>
</#macro>
