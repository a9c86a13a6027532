<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "/gatehouse-parts.ftl" as parts>
<#assign client = parts.plain((gatehouseClient!)?has_content?then(gatehouseClient!, realmName))>
<@layout.emailLayout>
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${msg("gatehouseMagicLinkUnverifiedMailPreheader")}</div>
<h1 style="margin:0 0 16px;font-size:24px;line-height:1.3">${msg("gatehouseMagicLinkUnverifiedMailHeading")}</h1>
<p style="margin:0 0 16px;font-size:16px;line-height:1.5;overflow-wrap:anywhere"><@parts.sentence key="gatehouseMagicLinkUnverifiedMailText" values=[client, gatehouseAddress!]/></p>
<p style="margin:0 0 24px;font-size:16px;line-height:1.5">${msg("gatehouseMagicLinkUnverifiedMailHow")}</p>
<p style="margin:0;font-size:14px;line-height:1.5">${msg("gatehouseMagicLinkUnverifiedMailIgnore")}</p>
</@layout.emailLayout>
