<#ftl output_format="plainText">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "/gatehouse-parts.ftl" as parts>
<#assign client = parts.plain((gatehouseClient!)?has_content?then(gatehouseClient!, realmName))>
${msg("gatehouseMagicLinkUnverifiedMailHeading")}

${msg("gatehouseMagicLinkUnverifiedMailText", client, parts.plain(gatehouseAddress!))}

${msg("gatehouseMagicLinkUnverifiedMailHow")}

${msg("gatehouseMagicLinkUnverifiedMailIgnore")}
