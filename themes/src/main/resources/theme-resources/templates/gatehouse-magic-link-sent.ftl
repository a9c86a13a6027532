<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "gatehouse-parts.ftl" as parts>
<#assign selections = (auth.authenticationSelections)![]>
<#assign expired = gatehouseExpired!false>
<#assign resendIn = gatehouseResendIn!0>
<#-- The page itself shows the account and lists the other ways, so the layout need not. -->
<#global auth = {}>
<#global title = parts.pageTitle(msg("gatehouseMagicLinkSentTitle"))>
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("gatehouseMagicLinkSentTitle")}
  <#elseif section = "form">
    <@parts.styles/>
    <div id="gatehouse-magic-link-sent" class="gatehouse-page"<#if !expired> data-status-url="${gatehouseStatusUrl!}" data-continue-url="${gatehouseContinueUrl!}" data-poll-millis="${(gatehousePollMillis!2000)?c}" data-lifetime-seconds="${((gatehouseMinutes!15) * 60)?c}" data-text-approved="${msg("gatehouseMagicLinkApproved")}" data-text-expired="${msg("gatehouseMagicLinkExpired")}" data-text-gone="${msg("gatehouseMagicLinkGone")}"</#if>>
      <#if !expired>
        <div data-gatehouse-while-waiting>
          <p><@parts.sentence key="gatehouseMagicLinkSentText" values=[gatehouseAddress!]/></p>
          <p>${msg("gatehouseMagicLinkSentHow")}</p>
          <p class="gatehouse-muted">${msg("gatehouseMagicLinkSentMinutes", gatehouseMinutes!15)} ${msg("gatehouseMagicLinkSentSpam")}</p>
        </div>
      </#if>
      <div id="gatehouse-status" class="gatehouse-status" role="status" aria-live="polite"><#if expired>${msg("gatehouseMagicLinkExpired")}<#elseif gatehouseNotYet!false>${msg("gatehouseMagicLinkNotYet")}</#if></div>
      <#if !expired>
        <form action="${url.loginAction}" method="post" data-gatehouse-while-waiting>
          <input type="hidden" name="gatehouseAction" value="continue">
          <@parts.button id="gatehouse-magic-link-continue" label=msg("gatehouseMagicLinkContinue")/>
        </form>
      </#if>
      <#if resendIn gt 0>
        <p id="gatehouse-resend-hint" class="gatehouse-muted">${msg("gatehouseMagicLinkResendHint", resendIn)}</p>
      </#if>
      <div class="gatehouse-ways">
        <form action="${url.loginAction}" method="post">
          <input type="hidden" name="gatehouseAction" value="resend">
          <#-- Without a script the button works at all times, and the server says how long to wait. -->
          <#if resendIn gt 0>
            <@parts.button kind="secondary" id="gatehouse-magic-link-resend" label=msg("gatehouseMagicLinkResend") attributes={"data-resend-in": resendIn?c, "data-label-ready": msg("gatehouseMagicLinkResend"), "data-label-wait": msg("gatehouseMagicLinkResendWait", "{n}"), "aria-describedby": "gatehouse-resend-hint"}/>
          <#else>
            <@parts.button kind=expired?then("primary", "secondary") id="gatehouse-magic-link-resend" label=msg("gatehouseMagicLinkResend")/>
          </#if>
        </form>
        <#if !(gatehouseAddressFixed!false)>
          <form action="${url.loginAction}" method="post">
            <input type="hidden" name="gatehouseAction" value="change">
            <@parts.button kind="secondary" id="gatehouse-magic-link-change" label=msg("gatehouseMagicLinkChange")/>
          </form>
        </#if>
      </div>
      <#if gatehouseAddressFixed!false>
        <@parts.startOver/>
      </#if>
      <@parts.otherWays selections=selections own=gatehouseExecution!/>
    </div>
    <script type="module" src="${url.resourcesPath}/js/gatehouse-magic-link.js"></script>
  </#if>
</@layout.registrationLayout>
