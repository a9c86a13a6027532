<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "gatehouse-parts.ftl" as parts>
<#global auth = {}>
<#global url = parts.urlThatStays()>
<#global title = parts.pageTitle(msg("gatehouseMagicLinkOpenTitle"))>
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("gatehouseMagicLinkOpenTitle")}
  <#elseif section = "form">
    <@parts.styles/>
    <div class="gatehouse-page">
      <#if (gatehouseClient!)?has_content>
        <p><@parts.sentence key="gatehouseMagicLinkOpenText" values=[parts.clientName(gatehouseClient), gatehouseAddress!]/></p>
      <#else>
        <p><@parts.sentence key="gatehouseMagicLinkOpenTextNoClient" values=[gatehouseAddress!]/></p>
      </#if>
      <form action="${gatehouseOpenUrl}" method="post">
        <input type="hidden" name="token" value="${gatehouseToken}">
        <@parts.button id="gatehouse-magic-link-confirm" label=msg("gatehouseMagicLinkOpenConfirm")/>
      </form>
      <p class="gatehouse-muted">${msg("gatehouseMagicLinkOpenHint")}</p>
    </div>
  </#if>
</@layout.registrationLayout>
