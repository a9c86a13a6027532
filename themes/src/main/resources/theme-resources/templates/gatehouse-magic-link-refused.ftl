<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "gatehouse-parts.ftl" as parts>
<#assign refusal = gatehouseRefusal!"invalid">
<#switch refusal>
  <#case "other-browser">
    <#assign heading = msg("gatehouseMagicLinkRefusedOtherBrowserTitle")>
    <#assign text = msg("gatehouseMagicLinkRefusedOtherBrowserText")>
    <#break>
  <#case "timed-out">
    <#assign heading = msg("gatehouseMagicLinkRefusedTimedOutTitle")>
    <#assign text = msg("gatehouseMagicLinkRefusedTimedOutText")>
    <#break>
  <#case "signed-in">
    <#assign heading = msg("gatehouseMagicLinkRefusedSignedInTitle")>
    <#assign text = msg("gatehouseMagicLinkRefusedSignedInText")>
    <#break>
  <#case "other-user">
    <#assign heading = msg("gatehouseMagicLinkRefusedOtherUserTitle")>
    <#assign text = msg("gatehouseMagicLinkRefusedOtherUserText")>
    <#break>
  <#default>
    <#assign heading = msg("gatehouseMagicLinkRefusedInvalidTitle")>
    <#assign text = msg("gatehouseMagicLinkRefusedInvalidText")>
</#switch>
<#global auth = {}>
<#global url = parts.urlThatStays()>
<#global title = parts.pageTitle(heading)>
<@layout.registrationLayout; section>
  <#if section = "header">
    ${heading}
  <#elseif section = "form">
    <@parts.styles/>
    <div class="gatehouse-page" data-gatehouse-refusal="${refusal}">
      <p>${text}</p>
      <#if (gatehouseRestartUrl!)?has_content && refusal != "signed-in">
        <a id="gatehouse-magic-link-restart" class="<@parts.buttonClass "primary"/>" href="${gatehouseRestartUrl}">${msg("gatehouseMagicLinkRefusedRestart")}</a>
      <#elseif refusal == "other-user">
        <a id="gatehouse-magic-link-sign-out" class="<@parts.buttonClass "primary"/>" href="${gatehouseSignOutUrl}">${msg("gatehouseMagicLinkRefusedSignOut")}</a>
      <#elseif (client.baseUrl)?has_content>
        <#if refusal != "signed-in"><p>${msg("gatehouseMagicLinkRefusedReturn")}</p></#if>
        <a id="gatehouse-magic-link-application" class="<@parts.buttonClass "primary"/>" href="${client.baseUrl}">${msg("gatehouseMagicLinkRefusedApplication")}</a>
      <#elseif refusal != "signed-in">
        <p>${msg("gatehouseMagicLinkRefusedReturn")}</p>
      </#if>
    </div>
  </#if>
</@layout.registrationLayout>
