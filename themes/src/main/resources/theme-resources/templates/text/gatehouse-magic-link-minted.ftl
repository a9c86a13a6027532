<#ftl output_format="plainText">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "/gatehouse-parts.ftl" as parts>
<#assign client = parts.plain((gatehouseClient!)?has_content?then(gatehouseClient!, realmName))>
${msg("gatehouseMagicLinkMailHeading", client)}

${msg("gatehouseMagicLinkMintedMailText", client)}

${gatehouseLink}

${msg("gatehouseMagicLinkMintedMailMinutes", gatehouseMinutes)}

${msg("gatehouseMagicLinkMintedMailIgnore")}
