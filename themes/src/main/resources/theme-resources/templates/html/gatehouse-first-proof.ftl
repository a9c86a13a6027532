<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "template.ftl" as layout>
<#import "/gatehouse-parts.ftl" as parts>
<@layout.emailLayout>
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${msg("gatehouseFirstProofMailPreheader")}</div>
<h1 style="margin:0 0 16px;font-size:24px;line-height:1.3">${msg("gatehouseFirstProofMailHeading")}</h1>
<p style="margin:0 0 16px;font-size:16px;line-height:1.5">${msg("gatehouseFirstProofMailText", parts.plain(gatehouseTime!))}</p>
<p style="margin:0 0 8px;font-size:16px;line-height:1.5">${msg("gatehouseFirstProofMailRemoved")}</p>
<ul style="margin:0 0 16px;padding:0 0 0 24px;font-size:16px;line-height:1.5">
<#list gatehouseRemoved as kind>
<li><@parts.removed kind/></li>
</#list>
</ul>
<p style="margin:0 0 24px;font-size:16px;line-height:1.5">${msg("gatehouseFirstProofMailKept")}</p>
<p style="margin:0;font-size:14px;line-height:1.5">${msg("gatehouseFirstProofMailNotYou")}</p>
</@layout.emailLayout>
