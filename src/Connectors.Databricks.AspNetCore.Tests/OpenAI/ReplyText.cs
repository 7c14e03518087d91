using System.Text.RegularExpressions;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>Replaces what differs between two responses: generated ids, times and signatures.</summary>
internal static partial class ReplyText
{
    public static string Stable(string json) => Signature().Replace(Time().Replace(Id().Replace(json, "$1ID"), "$1:0"), "$1SIGNATURE");

    [GeneratedRegex("(\"(?:msg_bdrk_|msg_|rs_|fc_|resp_|chatcmpl-))[0-9A-Za-z_-]{8,}")]
    private static partial Regex Id();

    [GeneratedRegex("(\"created(?:_at)?\"): ?\\d+")]
    private static partial Regex Time();

    [GeneratedRegex("(databricks:signature@[a-z0-9-]+:)[^\"]+")]
    private static partial Regex Signature();
}
