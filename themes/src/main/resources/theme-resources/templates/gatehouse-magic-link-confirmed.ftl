<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "gatehouse-parts.ftl" as parts>
<#global auth = {}>
<#global url = parts.urlThatStays()>
<#global title = parts.pageTitle(msg("gatehouseMagicLinkConfirmedTitle"))>
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("gatehouseMagicLinkConfirmedTitle")}
  <#elseif section = "form">
    <@parts.styles/>
    <div class="gatehouse-page">
      <#-- The layout's script goes to this fragment once the other window has signed in. -->
      <p id="gatehouse-done" class="gatehouse-status" role="status">${msg("gatehouseMagicLinkConfirmedDone")}</p>
      <p>${msg("gatehouseMagicLinkConfirmedText")}</p>
      <#if (gatehouseContinueUrl!)?has_content>
        <p class="gatehouse-muted">${msg("gatehouseMagicLinkConfirmedLost")} <a id="gatehouse-magic-link-here" href="${gatehouseContinueUrl}">${msg("gatehouseMagicLinkConfirmedHere")}</a></p>
      </#if>
    </div>
  </#if>
</@layout.registrationLayout>
