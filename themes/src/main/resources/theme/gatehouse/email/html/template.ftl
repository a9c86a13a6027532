<#-- SPDX-License-Identifier: Apache-2.0 -->
<#macro emailLayout>
<!DOCTYPE html>
<html lang="${locale.toLanguageTag()}" dir="${ltr?then("ltr", "rtl")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject!}</title>
<style>
  @media (prefers-color-scheme: dark) {
    .gatehouse-back { background-color: #101817 !important; color: #e8efed !important; }
    .gatehouse-card { background-color: #1a2523 !important; color: #e8efed !important; }
    .gatehouse-foot { color: #a9b8b4 !important; }
    .gatehouse-card a { color: #7fd8c8; }
  }
</style>
</head>
<body class="gatehouse-back" style="margin:0;padding:0;background-color:${properties.gatehouseMailBackground!};color:${properties.gatehouseMailInk!}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
<tr><td class="gatehouse-card" style="padding:32px 28px;border-top:5px solid ${properties.gatehouseMailAccent!};border-radius:14px;background-color:${properties.gatehouseMailSurface!};color:${properties.gatehouseMailInk!};font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:16px;line-height:1.5">
<div role="main">
<#nested>
</div>
</td></tr>
<tr><td class="gatehouse-foot" align="center" style="padding:16px 28px;color:${properties.gatehouseMailMuted!};font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:13px;line-height:1.5">${realmName!}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
</#macro>
