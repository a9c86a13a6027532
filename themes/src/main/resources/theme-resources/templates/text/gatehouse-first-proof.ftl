<#ftl output_format="plainText">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "/gatehouse-parts.ftl" as parts>
${msg("gatehouseFirstProofMailHeading")}

${msg("gatehouseFirstProofMailText", parts.plain(gatehouseTime!))}

${msg("gatehouseFirstProofMailRemoved")}
<#list gatehouseRemoved as kind>
- <@parts.removed kind/>

</#list>

${msg("gatehouseFirstProofMailKept")}

${msg("gatehouseFirstProofMailNotYou")}
