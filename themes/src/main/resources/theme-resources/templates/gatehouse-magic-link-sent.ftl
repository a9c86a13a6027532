<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "gatehouse-parts.ftl" as parts>
<#assign selections = (auth.authenticationSelections)![]>
<#assign expired = gatehouseExpired!false>
<#assign resendIn = gatehouseResendIn!0>
<#assign sms = (gatehouseChannel!"mail") == "sms">
<#assign heading = sms?then(msg("gatehouseMagicLinkSentTitleSms"), msg("gatehouseMagicLinkSentTitle"))>
<#assign error = messagesPerField.getFirstError("code")>
<#-- The page itself shows the account and lists the other ways, so the layout need not. -->
<#global auth = {}>
<#global title = parts.pageTitle(heading)>
<@layout.registrationLayout displayMessage=!error?has_content; section>
  <#if section = "header">
    ${heading}
  <#elseif section = "form">
    <@parts.styles/>
    <div id="gatehouse-magic-link-sent" class="gatehouse-page"<#if !expired> data-status-url="${gatehouseStatusUrl!}" data-continue-url="${gatehouseContinueUrl!}" data-poll-millis="${(gatehousePollMillis!2000)?c}" data-lifetime-seconds="${((gatehouseMinutes!15) * 60)?c}" data-text-approved="${msg("gatehouseMagicLinkApproved")}" data-text-expired="${msg("gatehouseMagicLinkExpired")}" data-text-gone="${msg("gatehouseMagicLinkGone")}"</#if>>
      <#if !expired>
        <div data-gatehouse-while-waiting>
          <#if sms>
            <p><@parts.sentence key="gatehouseMagicLinkSentTextSms" values=[gatehouseAddress!]/></p>
          <#elseif gatehouseCreates!false>
            <p><@parts.sentence key="gatehouseMagicLinkSentTextAny" values=[gatehouseAddress!]/></p>
          <#else>
            <p><@parts.sentence key="gatehouseMagicLinkSentText" values=[gatehouseAddress!]/></p>
          </#if>
          <p>${msg("gatehouseMagicLinkSentHow")}</p>
        </div>
      </#if>
      <div id="gatehouse-status" class="gatehouse-status" role="status" aria-live="polite"><#if expired>${msg("gatehouseMagicLinkExpired")}<#elseif gatehouseNotYet!false>${msg("gatehouseMagicLinkNotYet")}</#if></div>
      <#if !expired>
        <form id="gatehouse-magic-link-code-form" action="${url.loginAction}" method="post" novalidate data-gatehouse-while-waiting>
          <input type="hidden" name="gatehouseAction" value="code">
          <@parts.codeField digits=gatehouseCodeDigits!6 error=error/>
          <@parts.button id="gatehouse-magic-link-code" label=msg("gatehouseMagicLinkCodeEnter")/>
        </form>
        <p class="gatehouse-muted" data-gatehouse-while-waiting>${msg("gatehouseMagicLinkSentMinutes", gatehouseMinutes!15)}<#if !sms> ${msg("gatehouseMagicLinkSentSpam")}</#if></p>
      </#if>
      <#if resendIn gt 120>
        <p id="gatehouse-resend-hint" class="gatehouse-muted">${msg("gatehouseMagicLinkResendHintMinutes", ((resendIn + 59) / 60)?int)}</p>
      <#elseif resendIn gt 0>
        <#-- Counts without a script, too; for those who listen the sentence says it once. -->
        <p id="gatehouse-resend-hint" class="gatehouse-muted">${msg("gatehouseMagicLinkResendHint", resendIn)} <span class="gatehouse-countdown" aria-hidden="true" data-tens="${(resendIn / 10)?int?c}" data-units="${(resendIn % 10)?c}"></span></p>
      </#if>
      <div class="gatehouse-ways">
        <#if !expired>
          <form action="${url.loginAction}" method="post" data-gatehouse-while-waiting>
            <input type="hidden" name="gatehouseAction" value="continue">
            <@parts.button kind="secondary" id="gatehouse-magic-link-continue" label=msg("gatehouseMagicLinkContinue")/>
          </form>
        </#if>
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
