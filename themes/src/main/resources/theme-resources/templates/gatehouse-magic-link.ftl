<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "gatehouse-parts.ftl" as parts>
<#assign selections = (auth.authenticationSelections)![]>
<#assign fixed = gatehouseAddressFixed!false>
<#assign sms = (gatehouseChannel!"mail") == "sms">
<#assign error = fixed?then("", messagesPerField.getFirstError("email"))>
<#-- The page itself shows the account and lists the other ways, so the layout need not. -->
<#global auth = {}>
<@layout.registrationLayout displayMessage=!error?has_content displayInfo=realm.registrationAllowed && !registrationDisabled??; section>
  <#if section = "header">
    ${msg("gatehouseMagicLinkTitle")}
  <#elseif section = "form">
    <@parts.styles/>
    <div class="gatehouse-page">
      <form id="gatehouse-magic-link-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
        <input type="hidden" name="gatehouseAction" value="send">
        <#if fixed && (gatehouseAddress!)?has_content>
          <#if sms>
            <p><@parts.sentence key="gatehouseMagicLinkFixedSms" values=[gatehouseAddress!]/></p>
          <#else>
            <p><@parts.sentence key="gatehouseMagicLinkFixed" values=[gatehouseAddress!]/></p>
          </#if>
        <#else>
          <p id="gatehouse-magic-link-intro">${sms?then(msg("gatehouseMagicLinkIntroSms"), msg("gatehouseMagicLinkIntro"))}</p>
        </#if>
        <#if !fixed>
          <#if sms>
            <@parts.numberField value=gatehouseAddress! error=error/>
          <#else>
            <@parts.emailField value=gatehouseAddress! error=error/>
          </#if>
        </#if>
        <#if realm.rememberMe>
          <@parts.rememberMe checked=gatehouseRememberMe!false/>
        </#if>
        <@parts.button id="gatehouse-magic-link-send" label=sms?then(msg("gatehouseMagicLinkSendSms"), msg("gatehouseMagicLinkSend"))/>
      </form>
      <#if fixed>
        <@parts.startOver/>
      </#if>
      <@parts.otherWays selections=selections own=gatehouseExecution!/>
    </div>
  <#elseif section = "socialProviders">
    <div class="gatehouse-page gatehouse-providers">
      <@parts.identityProviders/>
    </div>
  <#elseif section = "info">
    <#if realm.registrationAllowed && !registrationDisabled??>
      <p id="kc-registration" class="gatehouse-note">${msg("noAccount")} <a href="${url.registrationUrl}">${msg("doRegister")}</a></p>
    </#if>
  </#if>
</@layout.registrationLayout>
