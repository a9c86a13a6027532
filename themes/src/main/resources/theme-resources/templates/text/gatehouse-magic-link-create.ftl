<#ftl output_format="plainText">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "/gatehouse-parts.ftl" as parts>
<#assign client = parts.plain((gatehouseClient!)?has_content?then(gatehouseClient!, realmName))>
${msg("gatehouseMagicLinkCreateMailHeading", client)}

${msg("gatehouseMagicLinkCreateMailText", parts.plain(gatehouseAddress!), client)}

${gatehouseLink}

${msg("gatehouseMagicLinkMailCode")} ${gatehouseCode}

${msg("gatehouseMagicLinkMailMinutes", gatehouseMinutes)} ${msg("gatehouseMagicLinkMailBrowser")}

${parts.askedByText()}

${msg("gatehouseMagicLinkCreateMailIgnore")}
