using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Logs in on a pretended machine, through the door that requests use.</summary>
internal static class LogIn
{
    public const string Host = "https://some-workspace.cloud.databricks.com";
    public const string AzureHost = "https://adb-1.2.azuredatabricks.net";
    public const string TokenEndpoint = $"{Host}/oidc/v1/token";

    /// <summary>What token endpoints answer where the answer does not matter.</summary>
    public const string Answer = """{"access_token":"some-access-token","token_type":"Bearer","expires_in":3600}""";

    /// <summary>A platform with one selected authentication type.</summary>
    public static FakePlatform MachineFor(string authType, string host = Host) =>
        new FakePlatform().With("DATABRICKS_HOST", host).With("DATABRICKS_AUTH_TYPE", authType);

    /// <summary>The host says nothing of itself, and has its token endpoint at the usual place.</summary>
    public static FakePlatform WithOAuth(this FakePlatform machine, string host = Host) => machine
        .Answers($"{host}/.well-known/databricks-config", "{}", HttpStatusCode.NotFound)
        .Answers($"{host}/oidc/.well-known/oauth-authorization-server", $$"""{"token_endpoint":"{{host}}/oidc/v1/token"}""");

    public static UnifiedCredential Credential(this FakePlatform machine, params (Setting Setting, string Value)[] code) => new(
        SettingsResolver.Resolve(
            [.. code.Select(pair => KeyValuePair.Create(pair.Setting, (string?)pair.Value))], hasCredential: false, machine),
        machine,
        NullLogger.Instance);

    public static async Task<DatabricksAccessToken> Token(this FakePlatform machine, params (Setting Setting, string Value)[] code) =>
        await machine.Credential(code).GetTokenAsync();

    /// <summary>The host that is found out when only a resource id is configured.</summary>
    public static async Task<string> FoundHost(this FakePlatform machine) =>
        (await machine.Credential().GetHostAsync(CancellationToken.None)).AbsoluteUri;

    public static Task<DatabricksCredentialException> Failure(this FakePlatform machine, params (Setting Setting, string Value)[] code) =>
        Assert.ThrowsAsync<DatabricksCredentialException>(() => machine.Token(code));

    /// <summary>Why the one way that was asked for is not used: "Declined: ..." or "Failed: ...".</summary>
    public static async Task<string> Refusal(this FakePlatform machine, params (Setting Setting, string Value)[] code)
    {
        var attempt = Assert.Single((await machine.Failure(code)).Attempts);
        return $"{attempt.Outcome}: {attempt.Reason}";
    }

    /// <summary>Why one of all the ways is not used.</summary>
    public static async Task<string> RefusalOf(this FakePlatform machine, string authType)
    {
        var attempt = Assert.Single((await machine.Failure()).Attempts, attempt => attempt.AuthType == authType);
        return $"{attempt.Outcome}: {attempt.Reason}";
    }

    /// <summary>What is sent with a token, besides the token.</summary>
    public static IEnumerable<KeyValuePair<string, string>> SentHeaders(this DatabricksAccessToken token) =>
        token.Headers!.Select(header => KeyValuePair.Create(header.Name, header.Value));

    /// <summary>Two tokens, the second after the first has expired.</summary>
    public static async Task<(DatabricksAccessToken First, DatabricksAccessToken Second)> TwoTokens(
        this FakePlatform machine, Action? between = null)
    {
        var credential = machine.Credential();
        var first = await credential.GetTokenAsync();
        machine.Clock.Advance(TimeSpan.FromHours(2));
        between?.Invoke();
        return (first, await credential.GetTokenAsync());
    }
}
