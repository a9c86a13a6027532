<#ftl output_format="plainText">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "/gatehouse-parts.ftl" as parts>
<#assign client = parts.plain((gatehouseClient!)?has_content?then(gatehouseClient!, realmName))>
${msg("gatehouseMagicLinkMailHeading", client)}

${msg("gatehouseMagicLinkMailText")}

<#if (gatehouseBroker!)?has_content>
${msg("gatehouseMagicLinkMailBroker", parts.plain(gatehouseBroker))}

</#if>
${gatehouseLink}

${msg("gatehouseMagicLinkMailCode")} ${gatehouseCode}

${msg("gatehouseMagicLinkMailMinutes", gatehouseMinutes)} ${msg("gatehouseMagicLinkMailBrowser")}

${parts.askedByText()}

${msg("gatehouseMagicLinkMailIgnore")}
