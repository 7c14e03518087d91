namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// Regular expressions of what looks like a secret of any owner. Connectors.Databricks.AspNetCore compiles this file too, because it uses
/// public types only, so that both mask the same.
/// </summary>
internal static class SecretPatterns
{
    /// <summary>
    /// Tokens and OAuth secrets of Databricks, JSON web tokens (encrypted ones have five parts), keys of model providers and clouds, and
    /// what follows the name of a scheme and is too long for a word.
    /// </summary>
    public const string Token =
        @"\bd(?:api|ose|kea)[0-9a-fA-F]{8,}(?:-\d+)?|\beyJ[\w-]{5,4000}\.[\w-]*(?:\.[\w-]*){1,3}" +
        @"|\bsk-(?:[A-Za-z0-9]{20,}|(?:proj|ant|svcacct|admin|or)-[\w-]{16,})|\bAIza[\w-]{30,}" +
        @"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bxox[abprs]-[\w-]{10,}" +
        @"|(?<=\b(?i:bearer|basic)\s{1,8})[\w.~+/=-]{20,}";

    /// <summary>The user and the password of an address; the framework names a proxy with them.</summary>
    public const string UserInfo = @"(?<=\b(?i:https?|socks[45]?a?):[/\\]{2,4})[^/\\?#\s""'<>]+@";
}
