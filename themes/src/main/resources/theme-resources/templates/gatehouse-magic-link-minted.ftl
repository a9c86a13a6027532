<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "gatehouse-parts.ftl" as parts>
<#assign selections = (auth.authenticationSelections)![]>
<#-- The page itself names the account and lists the other ways, so the layout need not. -->
<#global auth = {}>
<#global title = parts.pageTitle(msg("gatehouseMagicLinkOpenTitle"))>
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("gatehouseMagicLinkOpenTitle")}
  <#elseif section = "form">
    <@parts.styles/>
    <div class="gatehouse-page">
      <p><@parts.sentence key="gatehouseMagicLinkMintedText" values=[parts.clientName(gatehouseClient), gatehouseAddress]/></p>
      <form id="gatehouse-magic-link-minted-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
        <input type="hidden" name="gatehouseAction" value="minted">
        <@parts.button id="gatehouse-magic-link-minted" label=msg("gatehouseMagicLinkMintedContinue")/>
      </form>
      <p class="gatehouse-muted">${msg("gatehouseMagicLinkMintedHint")}</p>
      <form action="${url.loginAction}" method="post">
        <input type="hidden" name="gatehouseAction" value="other-way">
        <@parts.button id="gatehouse-magic-link-minted-other" kind="secondary" label=msg("gatehouseMagicLinkMintedOther")/>
      </form>
      <@parts.otherWays selections=selections own=gatehouseExecution!/>
    </div>
  </#if>
</@layout.registrationLayout>
