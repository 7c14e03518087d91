using System.ComponentModel;
using System.Text.Json;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>Runs the Azure CLI and parses its output (authentication reference §6.7).</summary>
internal sealed class AzureCli(CredentialSourceContext context, string path)
{
    private const string Purpose = "Requesting a token from the Azure CLI";

    // Starting Python takes seconds, and a token may need the network.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(50);

    /// <returns>Null when it is not installed.</returns>
    public static string? Find(IPlatform platform) =>
        ProgramFinder.OnPath(platform, platform.IsWindows ? ["az.cmd", "az.exe"] : ["az"]).FirstOrDefault();

    /// <summary>The logged-in account, as <c>user.type</c> and <c>user.name</c>; nulls when it is unknown.</summary>
    public async Task<(string? Type, string? Name)> GetUserAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync(["account", "show", "--output", "json"], cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            return (null, null);
        }

        try
        {
            using var document = TokenJson.Parse(result.Output);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("user", out var user) && user.ValueKind == JsonValueKind.Object
                ? (TokenFromWire.Text(user, "type"), TokenFromWire.Text(user, "name"))
                : (null, null);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    /// <exception cref="DatabricksCredentialException">
    /// No token was acquired; the message contains the standard error of the CLI.
    /// </exception>
    public async Task<DatabricksAccessToken> GetTokenAsync(string resource, string[] more, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["account", "get-access-token", "--resource", resource, "--output", "json", .. more], cancellationToken)
            .ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw CredentialExceptions.Provider($"{Purpose} failed: {context.Redaction.Clean(result.ErrorText)}");
        }

        try
        {
            using var document = TokenJson.Parse(result.Output);
            return TokenFromWire.Bearer(
                document.RootElement, "accessToken", "tokenType", Expiry(document.RootElement, context.Platform.Clock.LocalTimeZone),
                Purpose);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The output is not quoted: it may be the token.
            throw CredentialExceptions.Provider($"{Purpose} failed: its output is not the expected JSON.");
        }
    }

    // expires_on is in UTC and written by newer versions; expiresOn is local time.
    private static DateTimeOffset Expiry(JsonElement answer, TimeZoneInfo zone)
    {
        if (TokenFromWire.Number(answer, "expires_on") is >= 0 and <= 253_402_300_799 and var epoch)
        {
            return DateTimeOffset.FromUnixTimeSeconds(epoch);
        }

        return LocalTime.Read(TokenFromWire.Text(answer, "expiresOn"), zone) ?? throw CredentialExceptions.Provider(
            $"{Purpose} failed: its output has neither 'expires_on' nor an 'expiresOn' that is a moment.");
    }

    private async Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Platform.RunAsync(new ProgramCall(path, arguments, Timeout), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException or IOException or ArgumentException)
        {
            throw CredentialExceptions.Provider($"The Azure CLI '{path}' could not be run: {exception.Message}");
        }
    }
}
