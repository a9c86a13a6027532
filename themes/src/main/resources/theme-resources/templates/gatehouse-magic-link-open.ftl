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
      <#assign application = parts.clientName(gatehouseClient!)>
      <#assign address = gatehouseAddress!>
      <#if application?has_content && address?has_content>
        <p><@parts.sentence key="gatehouseMagicLinkOpenText" values=[application, address]/></p>
      <#elseif application?has_content>
        <p><@parts.sentence key="gatehouseMagicLinkOpenTextNoAddress" values=[application]/></p>
      <#elseif address?has_content>
        <p><@parts.sentence key="gatehouseMagicLinkOpenTextNoClient" values=[address]/></p>
      </#if>
      <#if gatehouseCreates!false>
        <p>${msg("gatehouseMagicLinkOpenCreates")}</p>
      </#if>
      <#if (gatehouseBroker!)?has_content>
        <p><@parts.sentence key="gatehouseMagicLinkOpenBroker" values=[gatehouseBroker]/></p>
      </#if>
      <form action="${gatehouseOpenUrl}" method="post">
        <input type="hidden" name="token" value="${gatehouseToken}">
        <@parts.button id="gatehouse-magic-link-confirm" label=msg("gatehouseMagicLinkOpenConfirm")/>
      </form>
      <p class="gatehouse-muted">${msg("gatehouseMagicLinkOpenHint")}</p>
    </div>
  </#if>
</@layout.registrationLayout>
