<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "/gatehouse-parts.ftl" as parts>
<#assign client = parts.plain((gatehouseClient!)?has_content?then(gatehouseClient!, realmName))>
<@layout.emailLayout>
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${msg("gatehouseMagicLinkMailPreheader", gatehouseMinutes)}</div>
<h1 style="margin:0 0 16px;font-size:24px;line-height:1.3"><@parts.sentence key="gatehouseMagicLinkMailHeading" values=[client]/></h1>
<p style="margin:0 0 24px;font-size:16px;line-height:1.5">${msg("gatehouseMagicLinkMailText")}</p>
<#if (gatehouseBroker!)?has_content>
<p style="margin:0 0 24px;font-size:16px;line-height:1.5;overflow-wrap:anywhere"><@parts.sentence key="gatehouseMagicLinkMailBroker" values=[gatehouseBroker]/></p>
</#if>
<p style="margin:0 0 24px"><a href="${gatehouseLink}" style="display:inline-block;padding:14px 28px;border-radius:10px;background-color:${properties.gatehouseMailAccent!"#0b5f56"};color:${properties.gatehouseMailAccentText!"#ffffff"};font-size:17px;font-weight:bold;line-height:1.3;text-decoration:none">${msg("gatehouseMagicLinkMailButton")}</a></p>
<p style="margin:0 0 4px;font-size:16px;line-height:1.5">${msg("gatehouseMagicLinkMailCode")}</p>
<p dir="ltr" style="margin:0 0 24px;font-family:monospace;font-size:28px;font-weight:bold;line-height:1.3;letter-spacing:3px;white-space:nowrap">${gatehouseCode}</p>
<p style="margin:0 0 16px;font-size:16px;line-height:1.5">${msg("gatehouseMagicLinkMailMinutes", gatehouseMinutes)} ${msg("gatehouseMagicLinkMailBrowser")}</p>
<p style="margin:0 0 4px;font-size:14px;line-height:1.5">${msg("gatehouseMagicLinkMailCopy")}</p>
<p style="margin:0 0 24px;font-family:monospace;font-size:14px;line-height:1.5;word-break:break-all">${gatehouseLink}</p>
<p style="margin:0 0 16px;font-size:14px;line-height:1.5">${parts.askedByText()}</p>
<p style="margin:0;font-size:14px;line-height:1.5">${msg("gatehouseMagicLinkMailIgnore")}</p>
</@layout.emailLayout>
